/* SPDX-License-Identifier: Apache-2.0 */
/* One HTTPS exchange with libcurl, within the limits of its order. */
#ifndef STATION_FETCH_TRANSFER_H
#define STATION_FETCH_TRANSFER_H

#include "device/facts/exchange.h"

/*
 * Does what ORDER says and fills RET_ANSWER, also when it fails. Its strings and bytes live until
 * the process ends, which is soon. Only https; certificates are always checked; redirects only of a
 * GET and only to the same scheme, host and port; no proxy but the ordered one.
 */
void transfer(const struct exchange_order *order, struct exchange_answer *ret_answer);

#endif
