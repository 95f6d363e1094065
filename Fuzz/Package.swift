// swift-tools-version: 6.2
import PackageDescription

// A package of its own: everything in it, the library included, is built with libFuzzer's instrumentation.
let package = Package(
    name: "fiscal-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-fiscal", path: "..")],
    targets: [
        .executableTarget(
            name: "ofd-frame",
            dependencies: [.product(name: "OFDKazProtocol", package: "swift-fiscal")],
            swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
    ]
)
