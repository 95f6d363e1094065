import ArgumentParser
import FermaClient

/// `--dialect ferma|native`
enum DialectArgument: String, ExpressibleByArgument, CaseIterable {
    case ferma, native

    var dialect: FermaDialect {
        switch self {
        case .ferma: .ferma
        case .native: .nativeCheckOnline
        }
    }
}
