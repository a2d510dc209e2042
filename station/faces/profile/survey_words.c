/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a profile, for a person to read. */
#include "station/faces/profile/survey_words.h"

#include <errno.h>
#include <string.h>

#include "profiles/values/expiry_text.h"
#include "profiles/values/moment.h"
#include "station/faces/table.h"

static void print_line(FILE *out, const char *what, const char *text)
{
	if (text[0] != '\0')
		fprintf(out, "  %-13s %s\n", what, text);
}

/* Begins a line that is written in parts. */
static void begin(FILE *out, const char *what)
{
	fprintf(out, "  %-13s ", what);
}

static void print_container(const struct survey *survey, FILE *out)
{
	const char *list = survey->inner == CONTAINER_XML ? "XML" : "a binary property list";

	begin(out, "Container");
	if (survey->outer == CONTAINER_PEM || survey->outer == CONTAINER_BASE64)
		fprintf(out, "text (%s), around ", container_to_text(survey->outer));
	if (survey->signature.there)
		fprintf(out, "CMS signature (%s), around ",
			survey->signature.streaming ? "BER" : "DER");
	fprintf(out, "%s; %zu bytes\n", list, survey->size);
}

static void print_keys(const struct survey *survey, FILE *out)
{
	begin(out, "Keys");
	for (size_t i = 0; i < survey->key_count; i++)
		fprintf(out, "%s%s", i > 0 ? ", " : "", survey->keys[i]);
	fputs("\n", out);
}

static void print_platforms(const struct survey *survey, FILE *out)
{
	bool any = false;

	begin(out, "For");
	for (int p = 0; p < PLATFORMS; p++) {
		if (!survey->platforms[p])
			continue;
		fprintf(out, "%s%s", any ? ", " : "", platform_devices((enum platform)p));
		any = true;
	}
	fputs(any ? "\n" : "no device takes all of it\n", out);
}

static void print_rights(int64_t rights, FILE *out)
{
	bool any = false;

	if (rights < 0)
		return;
	begin(out, "Rights");
	fprintf(out, "%lld: ", (long long)rights);
	for (unsigned bit = 0; bit < SURVEY_RIGHTS; bit++) {
		if (!(rights & 1LL << bit))
			continue;
		fprintf(out, "%s%s", any ? "; " : "", survey_right(bit));
		any = true;
	}
	fputs(any ? "\n" : "none\n", out);
}

static void print_identity(const struct survey_enrollment *enrollment, FILE *out)
{
	static const char *const texts[] = {
		[SURVEY_IDENTITY_NONE] = "none is named",
		[SURVEY_IDENTITY_SCEP] = "each device asks for its own, by SCEP, at ",
		[SURVEY_IDENTITY_ACME] = "each device asks for its own, by ACME, at ",
		[SURVEY_IDENTITY_PKCS12] = "the same for all devices, in the profile (PKCS#12)",
		[SURVEY_IDENTITY_MISSING] = "the one that is named is not in the profile",
	};

	if (enrollment->how != SURVEY_ENROLLS_MDM)
		return;
	begin(out, "Identity");
	fprintf(out, "%s%s\n", texts[enrollment->identity], enrollment->identity_server);
}

static void print_enrollment(const struct survey_enrollment *enrollment, FILE *out)
{
	const struct vendor *vendor = &enrollment->vendor;

	if (enrollment->how == SURVEY_ENROLLS_NOT)
		return;
	print_line(out, enrollment->how == SURVEY_ENROLLS_MDM ? "Enrolls into" : "Fetched from",
		   enrollment->server);
	begin(out, "Looks like");
	if (vendor->name)
		fprintf(out, "%s (%s, by %s)\n", vendor->name,
			vendor_confidence_to_text(vendor->confidence), vendor->evidence);
	else
		fputs("no MDM that muster knows; perhaps a server of one's own\n", out);
	print_line(out, "Check-in", enrollment->check_in);
	print_line(out, "Topic", enrollment->topic);
	print_identity(enrollment, out);
	print_rights(enrollment->rights, out);
}

static void print_signature(const struct survey_signature *signature, FILE *out)
{
	char text[MOMENT_TEXT_MAX];

	if (!signature->there) {
		print_line(out, "Signature", "none: devices show it as not signed");
		return;
	}
	begin(out, "Signature");
	fprintf(out, "%s (%s)\n", signature->intact ? "fits" : "DOES NOT FIT: changed or damaged",
		signature->digest);
	begin(out, "Signer");
	fprintf(out, "%s\n", cms_trust_sentence(signature->now));
	if (signature->signed_at != EXPIRY_NEVER) {
		begin(out, "");
		fprintf(out, "when it was signed, %s: %s\n",
			moment_to_text(signature->signed_at, text),
			cms_trust_sentence(signature->then));
	}
	for (size_t i = 0; i < signature->chain.count; i++) {
		const struct certificate *certificate = &signature->chain.list[i];

		begin(out, i == 0 ? "Chain" : "");
		fprintf(out, "%s, until %s; issued by %s\n", certificate->subject,
			moment_to_text(certificate->until, text), certificate->issuer);
	}
}

/* Prints one of the dates that bear on it. */
static void print_date(enum expiry_source source, int64_t at, int64_t now, FILE *out)
{
	char text[MOMENT_TEXT_MAX], left[EXPIRY_TEXT_MAX];

	begin(out, "");
	fprintf(out, "%s %s (%s)\n", expiry_source_sentence(source), moment_to_text(at, text),
		expiry_left_to_text(at, now, left));
}

static void print_expiry(const struct survey *survey, int64_t now, int64_t downloaded, FILE *out)
{
	const struct expiry_download download = survey_download(survey, downloaded);
	struct profile_expiry expiry = profile_expiry(&survey->dates, &download, now);
	char left[EXPIRY_TEXT_MAX];

	begin(out, "Lasts");
	if (expiry.state == EXPIRY_UNKNOWN)
		fputs("unknown: 14 days from its download; say when that was with --downloaded\n",
		      out);
	else
		fprintf(out, "%s\n", expiry_to_text(&expiry, now, left));
	if (download.at != EXPIRY_NEVER && download.lasts != EXPIRY_NEVER)
		print_date(EXPIRY_DOWNLOAD, download.at + download.lasts, now, out);
	for (int i = 0; i < EXPIRY_SOURCES; i++)
		if (survey->dates.at[i] != EXPIRY_NEVER)
			print_date((enum expiry_source)i, survey->dates.at[i], now, out);
	if (survey->dates.stays != EXPIRY_NEVER)
		print_date(EXPIRY_REMOVAL_DURATION, now + survey->dates.stays, now, out);
}

static int print_payloads(const struct survey *survey, FILE *out)
{
	static const char *const headings[] = { "#",	      "TYPE", "NAME",
						"IDENTIFIER", "UUID", "SECRETS SET" };
	struct table *table = table_new(headings, 6);
	int r = table ? 0 : -ENOMEM;

	for (size_t i = 0; i < survey->payload_count && r == 0; i++) {
		const struct survey_payload *payload = &survey->payloads[i];
		char number[24];
		const char *const cells[] = { number,	     payload->type,
					      payload->name, payload->identifier,
					      payload->uuid, payload->secrets };

		snprintf(number, sizeof number, "%zu", i + 1);
		r = table_add_row(table, cells, NULL);
	}
	if (r == 0 && survey->payload_count > 0) {
		fputs("\n", out);
		table_print(table, out, table_width_of(out), table_wants_colour(out));
	}
	table_free(table);
	return r;
}

static void print_encrypted(const struct survey *survey, FILE *out)
{
	if (!survey->encrypted)
		return;
	print_line(out, "Payloads", "encrypted, so only the device can say what they are");
	for (size_t i = 0; i < survey->recipients.count && i < RECIPIENTS_MAX; i++)
		print_line(out, "", survey->recipients.list[i]);
}

int survey_print(const struct survey *survey, int64_t now, int64_t downloaded, FILE *out)
{
	fprintf(out, "%s\n", survey->file);
	print_container(survey, out);
	print_line(out, "SHA-256", survey->sha256);
	print_line(out, "Type", survey->type);
	print_line(out, "Name", survey->name);
	print_line(out, "Organization", survey->organization);
	print_line(out, "Description", survey->description);
	print_line(out, "Identifier", survey->identifier);
	print_line(out, "UUID", survey->uuid);
	print_line(out, "Scope", survey->scope);
	print_keys(survey, out);
	print_platforms(survey, out);
	print_enrollment(&survey->enrollment, out);
	print_signature(&survey->signature, out);
	print_expiry(survey, now, downloaded, out);
	print_encrypted(survey, out);
	return print_payloads(survey, out);
}
