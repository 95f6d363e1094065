import ArgumentParser
import OFDRegisterFolder
import ProgramSupport

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Sets a register up. Nothing is sent before its first command.")

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "HOST:PORT of the OFD server.") var server: String
    @Option(help: "ID of the register, as the operator issued it.") var id: UInt32
    @Option(help: "The first token.") var token: UInt32
    @Option(help: "РНМ, the registration number at the tax committee.") var rnm: String
    @Option(help: "The version of the protocol: 202, 203 or 204.") var version: UInt16 = 203
    @Option(help: "Where the register stands, in degrees; without it the position that the server has.")
    var latitude: String?
    @Option(help: "Where the register stands, in degrees.") var longitude: String?
    @Option(name: .customLong("position-source"), help: "Who told the position, such as CELL.")
    var positionSource: String?

    func run() async throws {
        do {
            var settings = try RegisterSettings(
                server: self.server, id: self.id, token: self.token, registrationNumber: self.rnm,
                version: self.version)
            settings.latitude = self.latitude
            settings.longitude = self.longitude
            settings.positionSource = self.positionSource
            try await self.arguments.folder.create(settings)
        } catch { throw Terminal.fail("\(error)") }
        try await StatusCommand.show(try await self.arguments.open(), json: self.arguments.json)
    }
}
