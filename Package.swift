// swift-tools-version: 6.2
import PackageDescription

/// One place for the language rules of every target of ours.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
    name: "swift-fiscal",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "FiscalCore", targets: ["FiscalCore"]),
        .library(name: "EETProtocol", targets: ["EETProtocol"]),
        .library(name: "OFDKazProtocol", targets: ["OFDKazProtocol"]),
        .library(name: "TSEOffline", targets: ["TSEOffline"]),
        .library(name: "FermaClient", targets: ["FermaClient"]),
        .library(name: "CRKProtocol", targets: ["CRKProtocol"]),
        .library(name: "FiscalTransport", targets: ["FiscalTransport"]),
        .library(name: "FiscalStore", targets: ["FiscalStore"]),
        .library(name: "FiscalSimulators", targets: ["FiscalSimulators"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.33.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.26.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.5.0"),
    ],
    targets: [
        // What comes from the system: OpenSSL 3 and zlib (design decision D1).
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // Shared by the countries; imports go one way: FiscalCore <- a country <- simulators, examples.
        .target(name: "FiscalCore", dependencies: ["COpenSSL", "CZlib", httpTypes], swiftSettings: settings),
        .target(name: "EETProtocol", dependencies: ["FiscalCore", httpTypes, logging], swiftSettings: settings),
        .target(name: "OFDKazProtocol", dependencies: ["FiscalCore", protobuf, logging], swiftSettings: settings),
        .target(name: "TSEOffline", dependencies: ["FiscalCore", httpTypes, logging], swiftSettings: settings),
        .target(name: "FermaClient", dependencies: ["FiscalCore", httpTypes, logging], swiftSettings: settings),
        .target(name: "CRKProtocol", dependencies: ["FiscalCore", httpTypes, logging], swiftSettings: settings),

        // Conveniences that a host may replace; nothing above imports them.
        .target(
            name: "FiscalTransport",
            dependencies: [
                "FiscalCore", httpTypes,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: settings),
        .target(
            name: "FiscalStore",
            dependencies: ["FiscalCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),

        // The authorities as values: request in, answer out, faults to switch on.
        .target(
            name: "FiscalSimulators",
            dependencies: [
                "FiscalCore", "EETProtocol", "OFDKazProtocol", "TSEOffline", "FermaClient", "CRKProtocol", httpTypes,
                protobuf,
            ],
            swiftSettings: settings),

        .target(
            name: "FiscalTestSupport", dependencies: ["FiscalCore", httpTypes],
            path: "Tests/FiscalTestSupport", swiftSettings: settings),
        .testTarget(
            name: "FiscalCoreTests", dependencies: ["FiscalCore", "FiscalTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "EETProtocolTests",
            dependencies: [
                "EETProtocol", "FiscalCore", "FiscalSimulators", "FiscalStore", "FiscalTestSupport", httpTypes,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "OFDKazProtocolTests",
            dependencies: [
                "OFDKazProtocol", "FiscalCore", "FiscalSimulators", "FiscalStore", "FiscalTestSupport", logging,
                protobuf,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "TSEOfflineTests",
            dependencies: [
                "TSEOffline", "FiscalCore", "FiscalSimulators", "FiscalStore", "FiscalTestSupport", httpTypes, logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "FermaClientTests",
            dependencies: [
                "FermaClient", "FiscalCore", "FiscalSimulators", "FiscalStore", "FiscalTestSupport", httpTypes, logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CRKProtocolTests",
            dependencies: [
                "CRKProtocol", "FiscalCore", "FiscalSimulators", "FiscalStore", "FiscalTestSupport", httpTypes, logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "FiscalTransportTests",
            dependencies: [
                "FiscalTransport", "FiscalCore", "FiscalTestSupport", httpTypes,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: settings),
        // Killed at any moment by the tests of the store.
        .executableTarget(
            name: "StoreCrashHelper", dependencies: ["FiscalStore", "FiscalCore"],
            path: "Tests/StoreCrashHelper", swiftSettings: settings),
        .testTarget(
            name: "FiscalStoreTests",
            dependencies: [
                "FiscalStore", "FiscalCore", "FiscalTestSupport", "StoreCrashHelper",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: settings),
    ]
)
