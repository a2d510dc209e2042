/* SPDX-License-Identifier: Apache-2.0 */
/* Error chains as the profile service gives them: outermost error first. */
#ifndef TESTS_SIM_CHAIN_H
#define TESTS_SIM_CHAIN_H

#include <plist/plist.h>

/* The domain that CODE's range belongs to, "MCProfileErrorDomain" for 1000…; a constant. */
const char *chain_domain(unsigned code);

/*
 * Adds a link at the inner end of CHAIN; NULL begins a new one. The domain follows from CODE, the
 * text is in printf form, in English. Returns the chain, the caller's.
 */
plist_t chain_add(plist_t chain, unsigned code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
