/* SPDX-License-Identifier: Apache-2.0 */
/* What a person at a Mac reads: the instructions, as plain text and as HTML to print. */
#include "station/faces/handover/handover_sheet.h"

#include <string.h>

#include "profiles/values/moment.h"
#include "station/tools/text_stream.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char handover_style[] =
	"body{font:1.1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:42rem;"
	"margin:2rem auto;padding:0 1rem}"
	"h1{font-size:1.7rem}dt{font-weight:bold}dd{margin:0 0 .5rem;overflow-wrap:anywhere}"
	"button{font:inherit;font-weight:bold;padding:.7rem 1.4rem;color:#fff;background:#0050b0;"
	"border:0;border-radius:.4rem}button:focus-visible,input:focus-visible{outline:3px solid "
	"#111;outline-offset:2px}input{font:inherit;padding:.4rem;width:14rem;border:1px solid #555}"
	"code{font-size:1em;overflow-wrap:anywhere}svg{max-width:100%;height:auto}"
	"section{break-inside:avoid}@media print{body{margin:0}}\n";

/* %s stands for the profile's file. */
static const char *const stick_steps[] = {
	"Put the stick into the Mac. If the Mac asks whether to allow the accessory, click Allow.",
	"Open the stick, then its folder Enroll, and double-click Enroll.command. If the Mac does "
	"not open it, hold the Control key, click it, and choose Open. If it still does not, "
	"double-click %s in place of it, and go on with the next step.",
	"System Settings opens. Where to look, if it opens elsewhere: macOS 15 and later: General, "
	"Device Management. macOS 13 and 14: Privacy & Security, Profiles. macOS 11 and 12: System "
	"Preferences, Profiles.",
	"Double-click the profile that was downloaded, click Install, and type the name and "
	"password of an administrator of this Mac.",
	"Wait until the window of Enroll.command says DONE. Eject the stick, and take it to the "
	"next Mac.",
	"When all are done, bring the stick back to the bench: muster handover collect reads what "
	"each Mac wrote on it.",
};

static const char *const download_steps[] = {
	"The file is in Downloads. Double-click it if nothing opens by itself.",
	"Open System Settings. macOS 15 and later: General, Device Management. macOS 13 and 14: "
	"Privacy & Security, Profiles. macOS 11 and 12: System Preferences, Profiles.",
	"Double-click the profile that was downloaded, click Install, and type the name and "
	"password of an administrator of this Mac.",
};

static const char *const limits[] = {
	"Nobody can do this for you: a person at the Mac clicks Install, and types a password.",
	"It enrolls the Mac, without a user: no company portal, no account is set up.",
	"A Mac that another service manages has to be let go by that service first.",
	"An administrator of the Mac can remove the management again.",
};

/* What stands in HTML for C; NULL for itself. */
static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static void put_html(FILE *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char *instead = entity(text[i]);

		if (instead)
			fputs(instead, out);
		else
			fputc(text[i], out);
	}
}

void handover_put_html(FILE *out, const char *text)
{
	put_html(out, text, strlen(text));
}

const char *handover_until(const struct handover_profile *profile,
			   char out[static HANDOVER_UNTIL_MAX])
{
	char when[MOMENT_TEXT_MAX];

	if (profile->expiry.end.at == EXPIRY_NEVER)
		snprintf(out, HANDOVER_UNTIL_MAX, "without a known end");
	else
		snprintf(out, HANDOVER_UNTIL_MAX, "until %s",
			 moment_to_text(profile->expiry.end.at, when));
	return out;
}

static void put_plain(FILE *out, const char *text, size_t len)
{
	fwrite(text, 1, len, out);
}

/* Writes STEP with FILE in the place of %s, through PUT. */
static void put_step(FILE *out, const char *step, const char *file,
		     void (*put)(FILE *out, const char *text, size_t len))
{
	const char *gap = strstr(step, "%s");
	size_t before = gap ? (size_t)(gap - step) : strlen(step);

	put(out, step, before);
	if (!gap)
		return;
	put(out, file, strlen(file));
	put(out, gap + 2, strlen(gap + 2));
}

char *handover_stick_text(const struct handover_profile *profile, const char *file)
{
	char *text = NULL, until[HANDOVER_UNTIL_MAX];
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	/* Lines end as TextEdit and a printer on any system take them. */
	fprintf(out, "ENROLL THIS MAC\r\n\r\nProfile: %s\r\n", profile->name);
	if (profile->organization[0])
		fprintf(out, "Of: %s\r\n", profile->organization);
	fprintf(out, "Good %s\r\n\r\n", handover_until(profile, until));
	for (size_t i = 0; i < COUNT(stick_steps); i++) {
		fprintf(out, "%zu. ", i + 1);
		put_step(out, stick_steps[i], file, put_plain);
		fputs("\r\n\r\n", out);
	}
	fputs("What this does not do\r\n\r\n", out);
	for (size_t i = 0; i < COUNT(limits); i++)
		fprintf(out, "- %s\r\n", limits[i]);
	return text_stream_end(out, &text);
}

static void put_limits(FILE *out)
{
	fputs("<h2>What this does not do</h2>\n<ul>\n", out);
	for (size_t i = 0; i < COUNT(limits); i++) {
		fputs("<li>", out);
		handover_put_html(out, limits[i]);
		fputs("</li>\n", out);
	}
	fputs("</ul>\n", out);
}

char *handover_stick_html(const struct handover_profile *profile, const char *file)
{
	char *text = NULL, until[HANDOVER_UNTIL_MAX];
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	fprintf(out,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width\">\n"
		"<title>Enroll this Mac</title>\n<style>%s</style>\n<h1>Enroll this Mac</h1>\n"
		"<p>Profile: <strong>",
		handover_style);
	handover_put_html(out, profile->name);
	fputs("</strong>", out);
	if (profile->organization[0]) {
		fputs(" of ", out);
		handover_put_html(out, profile->organization);
	}
	fprintf(out, ", good %s</p>\n<ol>\n", handover_until(profile, until));
	for (size_t i = 0; i < COUNT(stick_steps); i++) {
		fputs("<li>", out);
		put_step(out, stick_steps[i], file, put_html);
		fputs("</li>\n", out);
	}
	fputs("</ol>\n", out);
	put_limits(out);
	return text_stream_end(out, &text);
}

void handover_put_download_steps(FILE *out)
{
	for (size_t i = 0; i < COUNT(download_steps); i++) {
		fputs("<li>", out);
		handover_put_html(out, download_steps[i]);
		fputs("</li>\n", out);
	}
}
