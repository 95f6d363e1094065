#ifndef SWIFT_FISCAL_CZLIB_SHIM_H
#define SWIFT_FISCAL_CZLIB_SHIM_H
// What FiscalCore/Compression uses of zlib; its macros get a static inline function here.
#include <zlib.h>

static inline int fiscal_deflate_init(z_streamp stream, int level, int windowBits) {
    return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}
static inline int fiscal_inflate_init(z_streamp stream, int windowBits) { return inflateInit2(stream, windowBits); }
#endif
