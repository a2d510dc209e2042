/* SPDX-License-Identifier: Apache-2.0 */
/* Error chains as the profile service gives them: outermost error first. */
#include "tests/sim/chain.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Longest text of one link; the device's own are a sentence with a name or two in it. */
#define CHAIN_TEXT_MAX 512

const char *chain_domain(unsigned code)
{
	static const struct {
		unsigned thousand;
		const char *domain;
	} ranges[] = {
		{ 1, "MCProfileErrorDomain" },	    { 2, "MCPayloadErrorDomain" },
		{ 4, "MCInstallationErrorDomain" }, { 5, "MCPasscodeErrorDomain" },
		{ 9, "MCCertificateErrorDomain" },  { 12, "MCMDMErrorDomain" },
		{ 13, "MCWiFiErrorDomain" },	    { 14, "MCTunnelErrorDomain" },
		{ 29, "MCChaperoneErrorDomain" },   { 33, "MCCloudConfigErrorDomain" },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (ranges[i].thousand == code / 1000)
			return ranges[i].domain;
	}
	return "MCInternalErrorDomain";
}

plist_t chain_add(plist_t chain, unsigned code, const char *format, ...)
{
	char text[CHAIN_TEXT_MAX];
	plist_t link = plist_new_dict();
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	plist_dict_set_item(link, "ErrorCode", plist_new_uint(code));
	plist_dict_set_item(link, "ErrorDomain", plist_new_string(chain_domain(code)));
	plist_dict_set_item(link, "LocalizedDescription", plist_new_string(text));
	plist_dict_set_item(link, "USEnglishDescription", plist_new_string(text));
	if (!chain)
		chain = plist_new_array();
	plist_array_append_item(chain, link);
	return chain;
}
