import EETProtocol
import FiscalCore

/// The licence comes before every receipt (decisions E1 and E2).
extension ModuleSession {
    /// Returns when no vendor's key is configured, or the licence is valid.
    /// - Parameter registers: whether an empty row 4 is to be filled; `sync` registers nothing.
    /// - Throws: ``ModuleStop`` with 1002, 1004 or 1006, or, after row 4 was durably written, 1005.
    func checkLicence(registers: Bool) async throws {
        guard let path = self.options.vendorKey else { return }
        let vendor: PublicKey
        do {
            vendor = try PublicKey(pem: String(decoding: DurableFile.read(path), as: UTF8.self))
        } catch {
            throw ModuleStop(.unhandled, "--vendor-pub: \(error)")
        }
        let bytes: [UInt8]
        do { bytes = try DurableFile.read(self.folder.licence) } catch {
            throw ModuleStop(.licenceData, "\(error)")
        }
        switch LicenceVerdict(bytes, vendor: vendor) {
        case .valid: return
        case .malformed(let error): throw ModuleStop(.licenceData, "\(error)")
        case .signatureWrong:
            throw ModuleStop(.licenceSignature, "eet-licence.txt row 4 signature: not the vendor's over rows 1 to 3")
        case .unregistered:
            guard registers else { throw ModuleStop(.licenceInvalid, "eet-licence.txt row 4 signature: required") }
            let signature = try await self.register(bytes, vendor: vendor)
            // A failure here is no registration: 1003, never 1005.
            try self.folder.writeLicence(EETLicenceFile.complete(bytes, signature: signature))
            throw ModuleStop(.registered, "the module was registered; submit the receipt again")
        }
    }

    private func register(_ bytes: [UInt8], vendor: PublicKey) async throws -> String {
        let file = try EETLicenceFile(bytes: bytes)
        let signature: String
        do {
            signature = try await self.licensor().signature(for: file)
        } catch {
            throw ModuleStop(.licenceInvalid, "eet-licence.txt row 4 signature: \(error)")
        }
        guard file.accepts(signature, of: vendor) else {
            throw ModuleStop(.licenceInvalid, "eet-licence.txt row 4 signature: the licensor's does not fit")
        }
        return signature
    }

    private func licensor() throws -> any Licensor {
        if let licensor = self.host.licensor { return licensor }
        guard let path = self.options.deliveredLicence else {
            throw ModuleStop(.licenceInvalid, "required, and no licensor is configured")
        }
        return try FileLicensor(bytes: DurableFile.read(path))
    }
}
