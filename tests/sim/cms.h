/* SPDX-License-Identifier: Apache-2.0 */
/* Opens CMS SignedData as a device does: the signature must fit, whoever made it. */
#ifndef TESTS_SIM_CMS_H
#define TESTS_SIM_CMS_H

#include <stddef.h>

/* Whether these bytes begin as DER or BER of a sequence, which CMS and certificates are. */
int cms_looks_like_der(const char *bytes, size_t len);

/*
 * Opens LEN bytes of CMS SignedData, DER or BER, with its content inside. Trust in the signer is
 * not asked. RET_CONTENT is the caller's, to free(), and ends with a NUL that is not counted.
 * Returns 0, -EINVAL when it is not CMS SignedData, -EBADMSG when it has no content or a signature
 * does not fit, -ENOMEM.
 */
int cms_open(const char *bytes, size_t len, char **ret_content, size_t *ret_len);

#endif
