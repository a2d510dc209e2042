# SPDX-License-Identifier: Apache-2.0
# Floor 1: the operator's files; one outside library a file.
noinst_LIBRARIES += libprofiles.a
libprofiles_a_CPPFLAGS = $(AM_CPPFLAGS) $(PLIST_CFLAGS) $(OPENSSL_CFLAGS) $(YAML_CFLAGS)
libprofiles_a_SOURCES = \
	%D%/address.c %D%/address.h \
	%D%/armour.c %D%/armour.h \
	%D%/assets.c %D%/assets.h \
	%D%/blueprint.c %D%/blueprint.h \
	%D%/blueprint_advice.c %D%/blueprint_advice.h \
	%D%/blueprint_install.c \
	%D%/blueprint_read.h \
	%D%/blueprint_steps.c \
	%D%/bplist_scan.c %D%/bplist_scan.h \
	%D%/certificate.c %D%/certificate.h \
	%D%/cms.c %D%/cms.h \
	%D%/cms_seal.c %D%/cms_seal.h \
	%D%/cms_scan.c %D%/cms_scan.h \
	%D%/cms_trust.c %D%/cms_trust.h \
	%D%/container.c %D%/container.h \
	%D%/csv_reader.c %D%/csv_reader.h \
	%D%/digest.c %D%/digest.h \
	%D%/duration.c %D%/duration.h \
	%D%/expiry.c %D%/expiry.h \
	%D%/lint.c %D%/lint.h \
	%D%/lint_dates.c \
	%D%/lint_enrollment.c \
	%D%/lint_identity.c \
	%D%/lint_keys.c \
	%D%/lint_leftovers.c \
	%D%/lint_rules.h \
	%D%/lint_wifi.c \
	%D%/expiry_text.c %D%/expiry_text.h \
	%D%/identity.c %D%/identity.h \
	%D%/identity_new.c \
	%D%/identity_store.c %D%/identity_store.h \
	%D%/library.c %D%/library.h \
	%D%/library_profile.c %D%/library_profile.h \
	%D%/library_entry.c %D%/library_entry.h \
	%D%/moment.c %D%/moment.h \
	%D%/name_template.c %D%/name_template.h \
	%D%/operator_file.c %D%/operator_file.h \
	%D%/os_range.c %D%/os_range.h \
	%D%/payload_keys.h \
	%D%/payload_keys_enrollment.c \
	%D%/payload_keys_network.c \
	%D%/payload_keys_restriction.c \
	%D%/payload_table.c %D%/payload_table.h \
	%D%/pkcs12.c %D%/pkcs12.h \
	%D%/platform.c %D%/platform.h \
	%D%/plist_limits.h \
	%D%/problem.c %D%/problem.h \
	%D%/profile.c %D%/profile.h \
	%D%/profile_check.c %D%/profile_check.h \
	%D%/profile_encrypt.c %D%/profile_encrypt.h \
	%D%/profile_keys.c %D%/profile_keys.h \
	%D%/slots_file.c %D%/slots_file.h \
	%D%/slots_write.c \
	%D%/reading.c %D%/reading.h \
	%D%/recipients.c %D%/recipients.h \
	%D%/profile_template.c %D%/profile_template.h \
	%D%/store.c %D%/store.h \
	%D%/variable.c %D%/variable.h \
	%D%/rules.c %D%/rules.h \
	%D%/survey.c %D%/survey.h \
	%D%/survey_enrollment.c \
	%D%/survey_payload.c \
	%D%/unwrap.c %D%/unwrap.h \
	%D%/vendor.c %D%/vendor.h \
	%D%/xml_scalar.c %D%/xml_scalar.h \
	%D%/xml_scan.c %D%/xml_scan.h \
	%D%/xml_text.c %D%/xml_text.h \
	%D%/yaml_file.c %D%/yaml_file.h \
	%D%/yaml_limits.c %D%/yaml_limits.h
# What a program needs that links libprofiles.a, after it.
PROFILES_LIBS = libfacts.a $(PLIST_LIBS) $(OPENSSL_LIBS) $(YAML_LIBS)

# Example files, found beside the program's data.
dist_pkgdata_DATA += \
	%D%/examples/bench-wifi.mobileconfig \
	%D%/examples/demo.yaml \
	%D%/examples/welcome.mobileconfig
