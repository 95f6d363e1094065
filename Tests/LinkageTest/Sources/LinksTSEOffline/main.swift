import TSEOffline

// Calls into the country, so that the linker cannot leave it out.
print(QRVerification(of: "").verdict.rawValue)
