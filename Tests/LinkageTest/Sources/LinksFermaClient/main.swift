import FermaClient

// Calls into the country, so that the linker cannot leave it out.
print(ServiceError(code: 24).word)
