#ifndef SWIFT_FISCAL_COPENSSL_SHIM_H
#define SWIFT_FISCAL_COPENSSL_SHIM_H
// What FiscalCore/Crypto uses of OpenSSL 3; macros that Swift cannot import get a static inline function here.
#include <openssl/opensslv.h>
#include <openssl/evp.h>
#endif
