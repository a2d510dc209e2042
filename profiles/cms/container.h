/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile's bytes are wrapped in, told by their beginning (doc/profiles.md, "Containers").
 */
#ifndef PROFILES_CMS_CONTAINER_H
#define PROFILES_CMS_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>

enum container {
	CONTAINER_XML,
	CONTAINER_BINARY,
	CONTAINER_CMS, /* DER or BER; what kind of CMS is cms.h's to find out */
	/* Forms that operators end up with, and no device takes. */
	CONTAINER_PEM,
	CONTAINER_PEM_CERTIFICATE, /* or a key */
	CONTAINER_BASE64,
	CONTAINER_JSON,
	CONTAINER_JSON_ERROR, /* what a server said in place of the profile */
	CONTAINER_HTML,
	CONTAINER_UTF16,
	CONTAINER_RTF,	   /* what TextEdit makes of text */
	CONTAINER_MAIL,	   /* signed, as a mail program reads it */
	CONTAINER_ARCHIVE, /* ZIP and its like */
	CONTAINER_DAMAGED, /* a binary form that went through a conversion of text */
	CONTAINER_UNKNOWN,
};

/* Tells the container of the SIZE BYTES. */
enum container container_recognise(const unsigned char *bytes, size_t size);

/* "xml", "binary", "cms", "pem" … as JSON has it. */
const char *container_to_text(enum container container);

/* What it is and what to do about it, or NULL for the three that a device takes. */
const char *container_refusal(enum container container);

/* Bytes before the first tag that are no part of an XML file: the mark of UTF-8, or 0. */
size_t container_mark_length(const unsigned char *bytes, size_t size);

/* Were the line ends of a binary form changed from one byte to two, as far as can be told? Worth
 * asking only of one that cannot be read. */
bool container_line_ends_converted(const unsigned char *bytes, size_t size);

#endif
