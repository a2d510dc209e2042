/* SPDX-License-Identifier: Apache-2.0 */
/* The pages that a person at a Mac sees behind a link, and the sheet of links to print. */
#include "station/faces/handover/handover_page.h"

#include <stdlib.h>

#include "station/faces/handover/handover_sheet.h"
#include "station/tools/qr.h"
#include "station/tools/text_stream.h"

static void put_head(FILE *out, const char *title, bool alone)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width\">\n",
	      out);
	/* What is served has its looks beside it: no style stands in a page. */
	if (alone)
		fprintf(out, "<style>%s</style>\n", handover_style);
	else
		fputs("<link rel=\"stylesheet\" href=\"/style.css\">\n", out);
	fputs("<title>", out);
	handover_put_html(out, title);
	fputs("</title>\n", out);
}

static void put_profile(FILE *out, const struct handover_profile *profile)
{
	char until[HANDOVER_UNTIL_MAX];

	fputs("<dl>\n<dt>Profile</dt><dd>", out);
	handover_put_html(out, profile->name);
	if (profile->organization[0]) {
		fputs(" of ", out);
		handover_put_html(out, profile->organization);
	}
	fprintf(out, ", good %s</dd>\n", handover_until(profile, until));
}

static void put_fingerprint(FILE *out, const struct handover_link *link)
{
	fprintf(out,
		"<dt>This page's certificate, SHA-256</dt><dd><code>%s</code><br>The browser warns, "
		"as the bench made it for itself. Compare it before you go on.</dd>\n",
		link->fingerprint);
}

static void put_code(FILE *out, const struct handover_link *link)
{
	char *svg = qr_to_svg(link->url, "This page's link as a QR code");

	/* Without it the link is there to be typed. */
	if (svg)
		fprintf(out, "<p>%s</p>\n", svg);
	free(svg);
}

char *handover_page_landing(const struct handover_profile *profile,
			    const struct handover_link *link, const char *complaint)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	put_head(out, "Enroll this Mac", false);
	fputs("<main>\n<h1>Enroll this Mac</h1>\n", out);
	put_profile(out, profile);
	put_fingerprint(out, link);
	fputs("</dl>\n<form method=\"post\">\n<p><label for=\"serial\">Serial number of this Mac, "
	      "if you have it (Apple menu, About This Mac)</label><br>\n<input id=\"serial\" "
	      "name=\"" HANDOVER_FIELD "\" maxlength=\"20\" autocomplete=\"off\" "
	      "autocapitalize=\"characters\" spellcheck=\"false\"",
	      out);
	if (complaint[0]) {
		fputs(" aria-invalid=\"true\" aria-describedby=\"wrong\"></p>\n<p id=\"wrong\" "
		      "role=\"alert\"><strong>",
		      out);
		handover_put_html(out, complaint);
		fputs("</strong></p>\n", out);
	} else {
		fputs("></p>\n", out);
	}
	fprintf(out,
		"<p><button>Download the profile</button></p>\n</form>\n<p>The link works once, "
		"until %s.</p>\n<ol>\n",
		link->ends);
	handover_put_download_steps(out);
	fputs("</ol>\n<h2>On another device</h2>\n", out);
	put_code(out, link);
	fputs("</main>\n", out);
	return text_stream_end(out, &text);
}

char *handover_page_plain(const char *title, const char *sentence)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	put_head(out, title, false);
	fputs("<main>\n<h1>", out);
	handover_put_html(out, title);
	fputs("</h1>\n<p>", out);
	handover_put_html(out, sentence);
	fputs("</p>\n</main>\n", out);
	return text_stream_end(out, &text);
}

char *handover_page_sheet(const struct handover_profile *profile, const struct handover_link *links,
			  size_t count)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	put_head(out, "Links to enroll Macs", true);
	fputs("<h1>Links to enroll Macs</h1>\n", out);
	put_profile(out, profile);
	put_fingerprint(out, &links[0]);
	fputs("</dl>\n", out);
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "<section>\n<h2>Link %zu of %zu, good once, until %s</h2>\n", i + 1,
			count, links[i].ends);
		put_code(out, &links[i]);
		fprintf(out, "<p><code>%s</code></p>\n</section>\n", links[i].url);
	}
	fputs("<h2>At the Mac</h2>\n<ol>\n<li>Open the link in Safari, and click Download the "
	      "profile.</li>\n",
	      out);
	handover_put_download_steps(out);
	fputs("</ol>\n", out);
	return text_stream_end(out, &text);
}
