# SPDX-License-Identifier: Apache-2.0
# Floor 1: the operator's files; one outside library a file.
noinst_LIBRARIES += libprofiles.a
libprofiles_a_CPPFLAGS = $(AM_CPPFLAGS) $(PLIST_CFLAGS) $(OPENSSL_CFLAGS) $(YAML_CFLAGS)
libprofiles_a_SOURCES =
libprofiles_a_SOURCES += %D%/values/address.c %D%/values/address.h
libprofiles_a_SOURCES += %D%/values/duration.c %D%/values/duration.h
libprofiles_a_SOURCES += %D%/values/expiry.c %D%/values/expiry.h
libprofiles_a_SOURCES += %D%/values/expiry_text.c %D%/values/expiry_text.h
libprofiles_a_SOURCES += %D%/values/moment.c %D%/values/moment.h
libprofiles_a_SOURCES += %D%/values/os_range.c %D%/values/os_range.h
libprofiles_a_SOURCES += %D%/values/platform.c %D%/values/platform.h
libprofiles_a_SOURCES += %D%/values/problem.c %D%/values/problem.h
libprofiles_a_SOURCES += %D%/values/rules.c %D%/values/rules.h

libprofiles_a_SOURCES += %D%/files/csv_reader.c %D%/files/csv_reader.h
libprofiles_a_SOURCES += %D%/files/digest.c %D%/files/digest.h
libprofiles_a_SOURCES += %D%/files/operator_file.c %D%/files/operator_file.h
libprofiles_a_SOURCES += %D%/files/secret_file.c %D%/files/secret_file.h
libprofiles_a_SOURCES += %D%/files/yaml_file.c %D%/files/yaml_file.h
libprofiles_a_SOURCES += %D%/files/yaml_limits.c %D%/files/yaml_limits.h

libprofiles_a_SOURCES += %D%/plist/bplist_scan.c %D%/plist/bplist_scan.h
libprofiles_a_SOURCES += %D%/plist/plist_limits.h
libprofiles_a_SOURCES += %D%/plist/xml_scalar.c %D%/plist/xml_scalar.h
libprofiles_a_SOURCES += %D%/plist/xml_scan.c %D%/plist/xml_scan.h
libprofiles_a_SOURCES += %D%/plist/xml_text.c %D%/plist/xml_text.h

libprofiles_a_SOURCES += %D%/cms/armour.c %D%/cms/armour.h
libprofiles_a_SOURCES += %D%/cms/certificate.c %D%/cms/certificate.h
libprofiles_a_SOURCES += %D%/cms/cms.c %D%/cms/cms.h
libprofiles_a_SOURCES += %D%/cms/cms_scan.c %D%/cms/cms_scan.h
libprofiles_a_SOURCES += %D%/cms/cms_seal.c %D%/cms/cms_seal.h
libprofiles_a_SOURCES += %D%/cms/cms_trust.c %D%/cms/cms_trust.h
libprofiles_a_SOURCES += %D%/cms/container.c %D%/cms/container.h
libprofiles_a_SOURCES += %D%/cms/identity.c %D%/cms/identity.h
libprofiles_a_SOURCES += %D%/cms/identity_new.c
libprofiles_a_SOURCES += %D%/cms/pkcs12.c %D%/cms/pkcs12.h

libprofiles_a_SOURCES += %D%/profile/payload_keys.h
libprofiles_a_SOURCES += %D%/profile/payload_keys_enrollment.c
libprofiles_a_SOURCES += %D%/profile/payload_keys_network.c
libprofiles_a_SOURCES += %D%/profile/payload_keys_restriction.c
libprofiles_a_SOURCES += %D%/profile/payload_table.c %D%/profile/payload_table.h
libprofiles_a_SOURCES += %D%/profile/profile.c %D%/profile/profile.h
libprofiles_a_SOURCES += %D%/profile/profile_check.c %D%/profile/profile_check.h
libprofiles_a_SOURCES += %D%/profile/profile_encrypt.c %D%/profile/profile_encrypt.h
libprofiles_a_SOURCES += %D%/profile/profile_keys.c %D%/profile/profile_keys.h
libprofiles_a_SOURCES += %D%/profile/unwrap.c %D%/profile/unwrap.h

libprofiles_a_SOURCES += %D%/survey/reading.c %D%/survey/reading.h
libprofiles_a_SOURCES += %D%/survey/recipients.c %D%/survey/recipients.h
libprofiles_a_SOURCES += %D%/survey/survey.c %D%/survey/survey.h
libprofiles_a_SOURCES += %D%/survey/survey_enrollment.c
libprofiles_a_SOURCES += %D%/survey/survey_payload.c
libprofiles_a_SOURCES += %D%/survey/vendor.c %D%/survey/vendor.h

libprofiles_a_SOURCES += %D%/lint/lint.c %D%/lint/lint.h
libprofiles_a_SOURCES += %D%/lint/lint_dates.c
libprofiles_a_SOURCES += %D%/lint/lint_enrollment.c
libprofiles_a_SOURCES += %D%/lint/lint_identity.c
libprofiles_a_SOURCES += %D%/lint/lint_keys.c
libprofiles_a_SOURCES += %D%/lint/lint_leftovers.c
libprofiles_a_SOURCES += %D%/lint/lint_rules.c %D%/lint/lint_rules.h
libprofiles_a_SOURCES += %D%/lint/lint_wifi.c

libprofiles_a_SOURCES += %D%/library/identity_store.c %D%/library/identity_store.h
libprofiles_a_SOURCES += %D%/library/library.c %D%/library/library.h
libprofiles_a_SOURCES += %D%/library/library_entry.c %D%/library/library_entry.h
libprofiles_a_SOURCES += %D%/library/library_profile.c %D%/library/library_profile.h
libprofiles_a_SOURCES += %D%/library/source.c %D%/library/source.h
libprofiles_a_SOURCES += %D%/library/source_kind.c
libprofiles_a_SOURCES += %D%/library/store.c %D%/library/store.h

libprofiles_a_SOURCES += %D%/blueprint/assets.c %D%/blueprint/assets.h
libprofiles_a_SOURCES += %D%/blueprint/blueprint.c %D%/blueprint/blueprint.h
libprofiles_a_SOURCES += %D%/blueprint/blueprint_advice.c %D%/blueprint/blueprint_advice.h
libprofiles_a_SOURCES += %D%/blueprint/blueprint_install.c
libprofiles_a_SOURCES += %D%/blueprint/blueprint_read.c %D%/blueprint/blueprint_read.h
libprofiles_a_SOURCES += %D%/blueprint/blueprint_steps.c
libprofiles_a_SOURCES += %D%/blueprint/name_template.c %D%/blueprint/name_template.h
libprofiles_a_SOURCES += %D%/blueprint/profile_template.c %D%/blueprint/profile_template.h
libprofiles_a_SOURCES += %D%/blueprint/slots_file.c %D%/blueprint/slots_file.h
libprofiles_a_SOURCES += %D%/blueprint/slots_write.c
libprofiles_a_SOURCES += %D%/blueprint/variable.c %D%/blueprint/variable.h
# What a program needs that links libprofiles.a, after it.
PROFILES_LIBS = libfacts.a $(PLIST_LIBS) $(OPENSSL_LIBS) $(YAML_LIBS)

# Example files, found beside the program's data.
dist_pkgdata_DATA += \
	%D%/examples/bench-wifi.mobileconfig \
	%D%/examples/demo.yaml \
	%D%/examples/intune-direct-ios.yaml \
	%D%/examples/welcome.mobileconfig \
	%D%/examples/wifi-only.yaml
