import CRKProtocol

// Uses enough of the target that the linker keeps it: an identifier, a profile, and through them FiscalCore.
print(IdentifierCheck("ZTE1701000901").kind, SealingProfile.unverified.signature)
