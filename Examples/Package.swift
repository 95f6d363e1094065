// swift-tools-version: 6.2
import PackageDescription

/// The same language rules as in the library's own manifest.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func fiscal(_ product: String) -> Target.Dependency { .product(name: product, package: "swift-fiscal") }
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

// A package of its own, so that the examples see only what is public.
let package = Package(
    name: "fiscal-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-fiscal", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.15.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.24.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    ],
    targets: [
        // How all programs end: the exit statuses that they have in common.
        .target(name: "ProgramSupport", dependencies: [arguments], swiftSettings: settings),

        // The file module of the EET source document: eetin.txt in, eetout.txt out.
        .target(
            name: "EETFileModule",
            dependencies: [
                fiscal("EETProtocol"), fiscal("FiscalCore"), fiscal("FiscalTransport"), fiscal("FiscalStore"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "eet",
            dependencies: [
                "EETFileModule", "ProgramSupport", fiscal("EETProtocol"), fiscal("FiscalCore"),
                fiscal("FiscalTransport"), arguments,
            ], swiftSettings: settings),
        // A Kazakh register that is kept in a folder.
        .target(
            name: "OFDRegisterFolder",
            dependencies: [
                fiscal("OFDKazProtocol"), fiscal("FiscalCore"), fiscal("FiscalTransport"), fiscal("FiscalStore"),
            ], swiftSettings: settings),

        // A German fiscal service that is kept in a folder, with a simulated TSE.
        .target(
            name: "TSEServiceFolder",
            dependencies: [
                fiscal("TSEOffline"), fiscal("FiscalCore"), fiscal("FiscalSimulators"), fiscal("FiscalTransport"),
                fiscal("FiscalStore"),
            ], swiftSettings: settings),
        // A TSE in another process.
        .target(
            name: "RemoteTSE",
            dependencies: [fiscal("TSEOffline"), fiscal("FiscalCore"), httpTypes],
            swiftSettings: settings),
        // A till that sells through Ferma, its journal kept in a folder.
        .target(
            name: "FermaTillFolder",
            dependencies: [
                fiscal("FermaClient"), fiscal("FiscalCore"), fiscal("FiscalTransport"), fiscal("FiscalStore"),
            ], swiftSettings: settings),

        // A Polish register that is kept in a folder, with its protected memory and a file that plays its device.
        .target(
            name: "CRKRegisterFolder",
            dependencies: [
                fiscal("CRKProtocol"), fiscal("FiscalCore"), fiscal("FiscalTransport"), fiscal("FiscalStore"),
            ], swiftSettings: settings),

        // For tests only: processes that kill themselves at a chosen step.
        .target(name: "Killing", dependencies: [fiscal("FiscalCore")], swiftSettings: settings),
        .executableTarget(
            name: "eet-killable",
            dependencies: ["EETFileModule", "Killing", fiscal("EETProtocol"), fiscal("FiscalCore"), arguments],
            swiftSettings: settings),
        .executableTarget(
            name: "ofd-killable",
            dependencies: [
                "OFDRegisterFolder", "Killing", fiscal("OFDKazProtocol"), fiscal("FiscalCore"), arguments,
            ], swiftSettings: settings),
        .executableTarget(
            name: "tse-killable",
            dependencies: [
                "RemoteTSE", "Killing", fiscal("TSEOffline"), fiscal("FiscalCore"), fiscal("FiscalStore"),
                fiscal("FiscalTransport"), arguments,
            ], swiftSettings: settings),
        .executableTarget(
            name: "crk-killable",
            dependencies: [
                "CRKRegisterFolder", "Killing", fiscal("CRKProtocol"), fiscal("FiscalCore"), fiscal("FiscalTransport"),
                arguments,
            ], swiftSettings: settings),
        .executableTarget(
            name: "ferma-killable",
            dependencies: [
                "FermaTillFolder", "Killing", fiscal("FermaClient"), fiscal("FiscalCore"), fiscal("FiscalTransport"),
                arguments,
            ],
            swiftSettings: settings),
        // The snippet of the README, which dev/check-readme compares with it.
        .executableTarget(
            name: "eet-first-sale",
            dependencies: [
                fiscal("EETProtocol"), fiscal("FiscalCore"), fiscal("FiscalStore"), fiscal("FiscalTransport"),
            ], swiftSettings: settings),

        // The tools of the Kazakh OFD protocol.
        .executableTarget(
            name: "ofd-kaz",
            dependencies: [
                "OFDRegisterFolder", "ProgramSupport", fiscal("OFDKazProtocol"), fiscal("FiscalCore"), arguments,
            ], swiftSettings: settings),

        // The tools of a German receipt, and a register.
        .executableTarget(
            name: "tse",
            dependencies: [
                "TSEServiceFolder", "ProgramSupport", fiscal("TSEOffline"), fiscal("FiscalCore"),
                fiscal("FiscalSimulators"), fiscal("FiscalStore"), fiscal("FiscalTransport"), httpTypes, arguments,
            ], swiftSettings: settings),

        // The tools of the Russian Ferma service.
        .executableTarget(
            name: "ferma",
            dependencies: [
                "FermaTillFolder", "ProgramSupport", fiscal("FermaClient"), fiscal("FiscalCore"), arguments,
            ], swiftSettings: settings),

        // A Polish register, and the tools of the repository's messages.
        .executableTarget(
            name: "crk",
            dependencies: [
                "CRKRegisterFolder", "ProgramSupport", fiscal("CRKProtocol"), fiscal("FiscalCore"),
                fiscal("FiscalTransport"), arguments,
            ], swiftSettings: settings),

        // The authorities behind real sockets.
        .target(
            name: "SimulatorServer",
            dependencies: [
                "RemoteTSE", "TSEServiceFolder", fiscal("FiscalSimulators"), fiscal("EETProtocol"),
                fiscal("TSEOffline"), fiscal("CRKProtocol"), fiscal("FiscalCore"), fiscal("FiscalTransport"), httpTypes,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "fiscal-sim",
            dependencies: [
                "SimulatorServer", "ProgramSupport", arguments,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "fiscal-demo",
            dependencies: [
                "SimulatorServer", "ProgramSupport", "OFDRegisterFolder", "FermaTillFolder", "CRKRegisterFolder",
                fiscal("EETProtocol"), fiscal("FermaClient"), fiscal("CRKProtocol"), fiscal("OFDKazProtocol"),
                fiscal("TSEOffline"), fiscal("FiscalCore"),
                fiscal("FiscalSimulators"), fiscal("FiscalTransport"), fiscal("FiscalStore"), arguments,
            ], swiftSettings: settings),

        // How the tests run programs.
        .target(name: "ProgramTestSupport", path: "Tests/ProgramTestSupport", swiftSettings: settings),
        .testTarget(
            name: "EETFileModuleTests",
            dependencies: [
                "EETFileModule", fiscal("EETProtocol"), fiscal("FiscalCore"), fiscal("FiscalStore"),
                fiscal("FiscalSimulators"), httpTypes,
            ], swiftSettings: settings),
        .testTarget(
            name: "EETProgramTests",
            dependencies: [
                "eet", "eet-killable", "EETFileModule", "ProgramTestSupport", "SimulatorServer", fiscal("EETProtocol"),
                fiscal("FiscalCore"), fiscal("FiscalSimulators"), fiscal("FiscalTransport"), httpTypes,
            ], swiftSettings: settings),
        .testTarget(
            name: "OFDKazProgramTests", dependencies: ["ofd-kaz", "ProgramTestSupport", fiscal("FiscalCore")],
            swiftSettings: settings),
        .testTarget(
            name: "OFDRegisterProgramTests",
            dependencies: [
                "ofd-kaz", "ofd-killable", "ProgramTestSupport", "SimulatorServer", fiscal("OFDKazProtocol"),
                fiscal("FiscalSimulators"),
            ], swiftSettings: settings),
        .testTarget(
            name: "TSEProgramTests",
            dependencies: [
                "tse", "tse-killable", "ProgramTestSupport", "SimulatorServer", fiscal("TSEOffline"),
                fiscal("FiscalCore"), fiscal("FiscalSimulators"), fiscal("FiscalTransport"),
            ], swiftSettings: settings),
        .testTarget(
            name: "FermaProgramTests",
            dependencies: [
                "ferma", "ferma-killable", "ProgramTestSupport", "SimulatorServer", fiscal("FiscalCore"),
                fiscal("FiscalSimulators"),
            ], swiftSettings: settings),
        .testTarget(
            name: "CRKProgramTests",
            dependencies: [
                "crk", "crk-killable", "CRKRegisterFolder", "ProgramTestSupport", "SimulatorServer",
                fiscal("CRKProtocol"), fiscal("FiscalCore"), fiscal("FiscalSimulators"), fiscal("FiscalTransport"),
                httpTypes,
            ], swiftSettings: settings),
        .testTarget(
            name: "SimulatorServerTests",
            dependencies: [
                "SimulatorServer", fiscal("EETProtocol"), fiscal("TSEOffline"), fiscal("FiscalCore"),
                fiscal("FiscalSimulators"), fiscal("FiscalStore"), fiscal("FiscalTransport"), httpTypes,
            ], swiftSettings: settings),
    ]
)
