// swift-tools-version: 6.2
import PackageDescription

// A package of its own: everything in it, the library included, is built with libFuzzer's instrumentation.
let package = Package(
    name: "fiscal-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-fiscal", path: ".."),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
    ],
    targets: [
        .executableTarget(
            name: "ofd-frame",
            dependencies: [.product(name: "OFDKazProtocol", package: "swift-fiscal")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "json-answers",
            dependencies: [
                .product(name: "FiscalCore", package: "swift-fiscal"),
                .product(name: "CRKProtocol", package: "swift-fiscal"),
                .product(name: "FermaClient", package: "swift-fiscal"),
                .product(name: "TSEOffline", package: "swift-fiscal"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    ]
)
