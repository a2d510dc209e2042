/* SPDX-License-Identifier: Apache-2.0 */
/* The texts between the tags of an XML property list that libplist does not judge. */
#ifndef PROFILES_PLIST_XML_SCALAR_H
#define PROFILES_PLIST_XML_SCALAR_H

#include <stddef.h>

/*
 * Judges the LEN bytes at TEXT as the content of TAG (integer, real, date, data, true, false; any
 * other is taken as it is). Returns NULL, or the sentence that says what is wrong. libplist turns a
 * wrong date into 1970, a wrong number into 0 and wrong Base64 into nothing, and says nothing.
 */
const char *xml_scalar_fault(const char *tag, const char *text, size_t len);

#endif
