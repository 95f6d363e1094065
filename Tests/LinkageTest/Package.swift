// swift-tools-version: 6.2
import PackageDescription

// One program per country, each importing that country alone; dev/check-linkage looks at what was linked.
let package = Package(
    name: "LinkageTest",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-fiscal", path: "../..")],
    targets: [
        .executableTarget(
            name: "LinksEETProtocol",
            dependencies: [.product(name: "EETProtocol", package: "swift-fiscal")]),
        .executableTarget(
            name: "LinksOFDKazProtocol",
            dependencies: [.product(name: "OFDKazProtocol", package: "swift-fiscal")]),
        .executableTarget(
            name: "LinksFermaClient",
            dependencies: [.product(name: "FermaClient", package: "swift-fiscal")]),
        .executableTarget(
            name: "LinksTSEOffline",
            dependencies: [.product(name: "TSEOffline", package: "swift-fiscal")]),
        .executableTarget(
            name: "LinksCRKProtocol",
            dependencies: [.product(name: "CRKProtocol", package: "swift-fiscal")]),
    ]
)
