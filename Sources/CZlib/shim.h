#ifndef SWIFT_FISCAL_CZLIB_SHIM_H
#define SWIFT_FISCAL_CZLIB_SHIM_H
#include <zlib.h>
#endif
