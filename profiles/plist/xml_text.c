/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an XML file: its places, what stands between tags, and what is not to be read. */
#include "config.h"

#include "profiles/plist/xml_text.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "device/facts/clean.h"
#include "profiles/plist/plist_limits.h"

void xml_text_init(struct xml_text *text, const char *file, const char *bytes, size_t size,
		   struct problems *problems)
{
	*text = (struct xml_text){ .file = file,
				   .problems = problems,
				   .at = bytes,
				   .end = bytes + size,
				   .begin = bytes,
				   .located = bytes,
				   .line = 1,
				   .column = 1 };
}

void xml_text_locate(struct xml_text *text, const char *place, unsigned *ret_line,
		     unsigned *ret_column)
{
	for (; text->located < place; text->located++) {
		if (*text->located == '\n') {
			text->line++;
			text->column = 1;
		} else if ((*text->located & 0xc0) != 0x80) {
			text->column++;
		}
	}
	*ret_line = text->line;
	*ret_column = text->column;
}

int xml_text_refuse(struct xml_text *text, const char *place, const char *wrong)
{
	unsigned line, column;

	xml_text_locate(text, place, &line, &column);
	problems_add(text->problems, text->file, line, column, "%s", wrong);
	return -EINVAL;
}

int xml_text_check(struct xml_text *text)
{
	for (const char *s = text->begin; s < text->end;) {
		uint32_t rune = 0;
		size_t n = clean_rune((const unsigned char *)s, (size_t)(text->end - s), &rune);

		if (n == 0)
			return xml_text_refuse(text, s,
					       "is not UTF-8 here; save the file as UTF-8, or get "
					       "the original");
		if (rune < ' ' && !strchr("\t\n\r", (int)rune))
			return xml_text_refuse(text, s,
					       "holds a character that XML does not allow");
		if (rune == 0)
			return xml_text_refuse(text, s, "holds a NUL, which XML does not allow");
		s += n;
	}
	return 0;
}

static size_t left(const struct xml_text *text)
{
	return (size_t)(text->end - text->at);
}

static bool stands(const struct xml_text *text, const char *word)
{
	return left(text) >= strlen(word) && memcmp(text->at, word, strlen(word)) == 0;
}

/* Goes past BEGIN, which stands at the text's place, and the next END behind it: "<!-->" does not
 * end the comment that it begins. False when there is no END. */
static bool pass(struct xml_text *text, const char *begin, const char *end)
{
	const char *from = text->at + strlen(begin);
	const char *found = memmem(from, (size_t)(text->end - from), end, strlen(end));

	if (found)
		text->at = found + strlen(end);
	return found;
}

/* Is the encoding that a header of LEN bytes at S names, if it names one, that of the file? */
static bool is_readable_encoding(const char *s, size_t len)
{
	static const char *const same[] = { "utf-8", "utf8", "us-ascii" };
	const char *name = memmem(s, len, "encoding", strlen("encoding"));
	const char *end = s + len;

	if (!name)
		return true;
	name += strlen("encoding");
	while (name < end && (isspace((unsigned char)*name) || strchr("=\"'", *name)))
		name++;
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		if ((size_t)(end - name) > strlen(same[i]) &&
		    strncasecmp(name, same[i], strlen(same[i])) == 0)
			return true;
	return false;
}

/* Passes what begins with "<!" or "<?". */
static int skip_declaration(struct xml_text *text)
{
	const char *begin = text->at;

	if (stands(text, "<!--"))
		return pass(text, "<!--", "-->")
			       ? 0
			       : xml_text_refuse(text, begin, "is a comment without an end");
	if (stands(text, "<?")) {
		if (!pass(text, "<?", "?>"))
			return xml_text_refuse(text, begin, "is a header without an end");
		if (!is_readable_encoding(begin, (size_t)(text->at - begin)))
			return xml_text_refuse(
				text, begin, "names another encoding than UTF-8; save it as UTF-8");
		return 0;
	}
	if (!pass(text, "<!", ">"))
		return xml_text_refuse(text, begin, "is a declaration without an end");
	if (memchr(begin, '[', (size_t)(text->at - begin)))
		return xml_text_refuse(text, begin,
				       "declares entities of its own, which is refused");
	return 0;
}

int xml_text_skip(struct xml_text *text)
{
	for (;;) {
		int r;

		while (text->at < text->end && isspace((unsigned char)*text->at))
			text->at++;
		if (text->at == text->end)
			return 0;
		if (*text->at != '<')
			return xml_text_refuse(text, text->at, "is text outside of any value");
		if (!stands(text, "<!") && !stands(text, "<?"))
			return 0;
		r = skip_declaration(text);
		if (r < 0)
			return r;
	}
}

/* Goes past the entity at the text's place; only XML's own five and numbers are known. */
static int pass_entity(struct xml_text *text)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
	size_t i = 2;

	for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
		if (stands(text, known[k])) {
			text->at += strlen(known[k]);
			return 0;
		}
	}
	if (stands(text, "&#")) {
		bool hex = left(text) > i && text->at[i] == 'x';

		i += hex;
		while (i < left(text) && (hex ? isxdigit((unsigned char)text->at[i])
					      : isdigit((unsigned char)text->at[i])))
			i++;
		if (i > 2U + hex && i < left(text) && text->at[i] == ';') {
			text->at += i + 1;
			return 0;
		}
	}
	return xml_text_refuse(text, text->at, "is an unknown entity; a bare & is written &amp;");
}

/* Goes past the closing tag NAME at the text's place; false when it is something else. */
static bool pass_closing(struct xml_text *text, const char *name)
{
	size_t len = strlen(name);
	const char *s = text->at;

	if (left(text) < len + 3 || s[1] != '/' || memcmp(s + 2, name, len) != 0)
		return false;
	for (s += 2 + len; s < text->end && isspace((unsigned char)*s); s++)
		;
	if (s == text->end || *s != '>')
		return false;
	text->at = s + 1;
	return true;
}

int xml_text_take(struct xml_text *text, const char *name, const char **ret_text, size_t *ret_len)
{
	const char *begin = text->at;
	size_t references = 0;

	while (text->at < text->end) {
		const char *here = text->at;

		if (*here == '&') {
			if (pass_entity(text) < 0)
				return -EINVAL;
			references++;
		} else if (stands(text, "<![CDATA[")) {
			if (!pass(text, "<![CDATA[", "]]>"))
				return xml_text_refuse(text, here, "is CDATA without an end");
		} else if (stands(text, "<!--")) {
			if (!pass(text, "<!--", "-->"))
				return xml_text_refuse(text, here, "is a comment without an end");
		} else if (*here == '<' && pass_closing(text, name)) {
			*ret_text = begin;
			*ret_len = (size_t)(here - begin);
			text->moved += references * *ret_len;
			if (text->moved > PLIST_MOVED_MAX)
				return xml_text_refuse(text, begin, "has too many & in its texts");
			return 0;
		} else if (*here == '<') {
			return xml_text_refuse(text, here, "is a tag inside of a text");
		} else {
			text->at++;
		}
	}
	return xml_text_refuse(text, begin, "is a text without an end; the file was cut short");
}
