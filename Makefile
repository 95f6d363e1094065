# The commands of this repository. `make test` and `make demo` install missing system packages by themselves.

.DEFAULT_GOAL := help
# The steps share build folders and must keep their order.
.NOTPARALLEL:
.PHONY: help packages lint linkage build demo test unit-tests program-tests fuzz fuzz-short conformance soak bench clean

# Results of the tests in JUnit's format; `conformance` reads them.
results := $(CURDIR)/.build/xunit
swift-folders := $(wildcard Sources Tests Examples Benchmarks Fuzz)
# A target may import only what its package description says.
swift-flags := --explicit-target-dependency-import-check error

say = @printf '\n== %s\n' "$(1)"

help: ## Show this list.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-14s %s\n", $$1, $$2 }'

packages: ## Install the system packages that are missing (apt-get, Homebrew).
	$(call say,system packages)
	@dev/install-packages

lint: ## Check formatting, who imports whom, and the checks themselves.
	$(call say,formatting)
	swift format lint --strict --parallel --configuration .swift-format --recursive $(swift-folders)
	$(call say,imports)
	@dev/check-imports
	$(call say,README)
	@dev/check-readme
	$(call say,checks of the checks)
	@dev/test-checks

linkage: packages ## Prove that a country links no other country, no NIO and no SQLite.
	$(call say,linkage)
	@dev/check-linkage

build: packages ## Build the release programs into Examples/.build/release/.
	$(call say,release programs)
	swift build --package-path Examples --configuration release

demo: build ## Run the demonstration of all countries against simulated authorities.
	$(call say,demonstration)
	Examples/.build/release/fiscal-demo

test: packages lint linkage unit-tests program-tests fuzz-short conformance ## Check everything that must hold before a change lands.
	$(call say,everything holds)

unit-tests: packages ## Run the tests of the library.
	$(call say,library tests)
	@rm -rf '$(results)' && mkdir -p '$(results)'
	swift test $(swift-flags) --xunit-output '$(results)/library.xml'

# Some of these tests run the release programs, and kill them. All at once they would starve each other of the
# processors, and time limits that are part of what is tested would run out.
program-tests: build ## Run the tests of the example programs.
	$(call say,program tests)
	@mkdir -p '$(results)'
	swift test --package-path Examples $(swift-flags) --experimental-maximum-parallelization-width 4 \
	    --xunit-output '$(results)/programs.xml'

# The corpus grows below .build; what is committed is only read. A failing input is left in Fuzz/FailCases.
seconds := 20
fuzzers := ofd-frame json-answers
fuzz: seconds := 1800
fuzz: fuzz-short ## Feed random bytes to what reads the wire for half an hour, or seconds=N.

fuzz-short: packages ## The same for 20 seconds each, as a part of `test`.
	$(call say,fuzzing for $(seconds) seconds each: $(fuzzers))
	swift build --package-path Fuzz --configuration release --sanitize fuzzer
	@set -e; for fuzzer in $(fuzzers); do \
	    mkdir -p Fuzz/.build/corpus/$$fuzzer; \
	    Fuzz/.build/release/$$fuzzer -max_total_time=$(seconds) -timeout=60 -rss_limit_mb=1024 -verbosity=0 \
	        -print_final_stats=1 -artifact_prefix=Fuzz/FailCases/$$fuzzer- \
	        Fuzz/.build/corpus/$$fuzzer Fuzz/Corpus/$$fuzzer; \
	done

conformance: ## Compare Conformance/ with the requirements and with the tests that ran last.
	$(call say,conformance)
	@dev/check-conformance --results '$(results)'

soak: export FISCAL_CAMPAIGN := long
soak: unit-tests program-tests ## The same tests with long campaigns (hours).
	$(call say,long campaigns passed)

bench: packages ## Measure the hot paths and hold them against their bounds.
	$(call say,benchmarks)
	swift run --package-path Benchmarks --configuration release

clean: ## Remove everything that was built.
	rm -rf .build Examples/.build Benchmarks/.build Fuzz/.build Tests/LinkageTest/.build
