import EETProtocol

// Calls into the country, so that the linker cannot leave it out.
print(Edition.v3.namespace)
