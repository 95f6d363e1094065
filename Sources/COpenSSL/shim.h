#ifndef SWIFT_FISCAL_COPENSSL_SHIM_H
#define SWIFT_FISCAL_COPENSSL_SHIM_H
// What FiscalCore/Crypto uses of OpenSSL 3. Macros and functions with variable arguments, which Swift cannot import,
// get a static inline function here; nothing else belongs into this file.
#include <openssl/opensslv.h>
#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "swift-fiscal needs OpenSSL 3 (Debian: libssl-dev, Homebrew: openssl@3)"
#endif
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

static inline void fiscal_free(void *memory) { OPENSSL_free(memory); }
static inline void fiscal_clear_free(void *memory, size_t count) { OPENSSL_clear_free(memory, count); }

static inline long fiscal_bio_contents(BIO *bio, const unsigned char **bytes) {
    char *start = NULL;
    long count = BIO_get_mem_data(bio, &start);
    *bytes = (const unsigned char *)start;
    return count;
}

static inline EVP_PKEY *fiscal_generate_rsa(size_t bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *fiscal_generate_ec(const char *curve) { return EVP_EC_gen(curve); }

static inline int fiscal_public_key_selection(void) { return EVP_PKEY_PUBLIC_KEY; }
// A parameter keeps the pointer to its name, which therefore must be a literal of C.
static inline OSSL_PARAM fiscal_param_group(char *name) {
    return OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name, 0);
}
static inline OSSL_PARAM fiscal_param_public_key(void *point, size_t count) {
    return OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, count);
}
static inline int fiscal_error_reason(unsigned long error) { return ERR_GET_REASON(error); }

static inline STACK_OF(X509) *fiscal_x509_stack_new(void) { return sk_X509_new_null(); }
static inline int fiscal_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline int fiscal_x509_stack_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *fiscal_x509_stack_value(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}
// Frees the stack only; the certificates stay with their owners.
static inline void fiscal_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

static inline int fiscal_pkcs7_stack_count(const STACK_OF(PKCS7) *stack) { return sk_PKCS7_num(stack); }
static inline PKCS7 *fiscal_pkcs7_stack_value(const STACK_OF(PKCS7) *stack, int index) {
    return sk_PKCS7_value(stack, index);
}
static inline void fiscal_pkcs7_stack_free_all(STACK_OF(PKCS7) *stack) { sk_PKCS7_pop_free(stack, PKCS7_free); }

static inline int fiscal_safebag_stack_count(const STACK_OF(PKCS12_SAFEBAG) *stack) {
    return sk_PKCS12_SAFEBAG_num(stack);
}
static inline PKCS12_SAFEBAG *fiscal_safebag_stack_value(const STACK_OF(PKCS12_SAFEBAG) *stack, int index) {
    return sk_PKCS12_SAFEBAG_value(stack, index);
}
static inline void fiscal_safebag_stack_free_all(STACK_OF(PKCS12_SAFEBAG) *stack) {
    sk_PKCS12_SAFEBAG_pop_free(stack, PKCS12_SAFEBAG_free);
}
#endif
