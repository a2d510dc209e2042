/* SPDX-License-Identifier: Apache-2.0 */
/* What the control socket offers: the board, the events, and what verbs tell a running station. */
#ifndef STATION_STATION_ROUTES_H
#define STATION_STATION_ROUTES_H

#include "station/tools/http.h"

/* For http_open, with the station as their userdata. */
extern const struct http_route station_routes[];

#endif
