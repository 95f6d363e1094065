// swift-tools-version: 6.2
import PackageDescription

// Speed as ratios within one run: machines are noisy, so nothing here is asserted by a test.
let package = Package(
    name: "fiscal-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-fiscal", path: "..")],
    targets: [
        .executableTarget(
            name: "eet-signing",
            dependencies: [
                .product(name: "EETProtocol", package: "swift-fiscal"),
                .product(name: "FiscalCore", package: "swift-fiscal"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
