import OFDKazProtocol

// Calls into the country, so that the linker cannot leave it out.
print(Edition.v203)
