/* SPDX-License-Identifier: Apache-2.0 */
/* QR codes, for a terminal and for a page. */
#ifndef STATION_TOOLS_QR_H
#define STATION_TOOLS_QR_H

/* TEXT as lines of UTF-8 half blocks, two rows of the code in each, dark on light when the terminal
 * is light on dark. Returns the caller's string (free), or NULL when it is too long or there is no
 * memory. */
char *qr_to_blocks(const char *text);

/* TEXT as an element <svg>, black on white, described to those who do not see it as LABEL, which is
 * plain (no character that HTML knows). Returns as qr_to_blocks. */
char *qr_to_svg(const char *text, const char *label);

#endif
