/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of payloads for networks. */
#include "profiles/profile/payload_keys.h"

static const struct payload_key wifi_eapclientconfiguration_list[] = {
	K("AcceptEAPTypes", ARRAY, KEY_REQUIRED, "13|17|18|21|23|25|43", NULL, 0, 0),
	K("UserName", TEXT, 0, NULL, NULL, 0, 0),
	K("UserPassword", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadCertificateAnchorUUID", ARRAY, KEY_REFERENCE, NULL, NULL, 0, 0),
	K("TLSTrustedCertificates", ARRAY, 0, NULL, NULL, 0, 0),
	K("TLSTrustedServerNames", ARRAY, 0, NULL, NULL, 0, 0),
	K("TLSAllowTrustExceptions", YES_NO, 0, NULL, NULL, 0, 0),
	K("TLSCertificateIsRequired", YES_NO, 0, NULL, NULL, 0, 0),
	K("TTLSInnerAuthentication", TEXT, 0, "PAP|EAP|CHAP|MSCHAP|MSCHAPv2", NULL, 0, 0),
	K("TLSMinimumVersion", TEXT, 0, "1.0|1.1|1.2|1.3", NULL, 0, 0),
	K("TLSMaximumVersion", TEXT, 0, "1.0|1.1|1.2|1.3", NULL, 0, 0),
	K("OuterIdentity", TEXT, 0, NULL, NULL, 0, 0),
	K("EAPFASTUsePAC", YES_NO, 0, NULL, NULL, 0, 0),
	K("EAPFASTProvisionPAC", YES_NO, 0, NULL, NULL, 0, 0),
	K("EAPFASTProvisionPACAnonymously", YES_NO, 0, NULL, NULL, 0, 0),
	K("EAPSIMNumberOfRANDs", WHOLE, 0, "2|3", NULL, 0, 0),
	K("SystemModeCredentialsSource", TEXT, 0, NULL, NULL, 0, 0),
	K("SystemModeUseOpenDirectoryCredentials", YES_NO, 0, NULL, NULL, 0, 0),
	K("OneTimeUserPassword", YES_NO, 0, NULL, NULL, 0, 0),
};
static const struct payload_keys wifi_eapclientconfiguration =
	KEYS(wifi_eapclientconfiguration_list);

static const struct payload_key wifi_qosmarkingpolicy_list[] = {
	K("QoSMarkingAllowListAppIdentifiers", ARRAY, 0, NULL, NULL, 1405, 1400),
	K("QoSMarkingWhitelistedAppIdentifiers", ARRAY, 0, NULL, NULL, 0, 0),
	K("QoSMarkingAppleAudioVideoCalls", YES_NO, 0, NULL, NULL, 0, 0),
	K("QoSMarkingEnabled", YES_NO, 0, NULL, NULL, 0, 0),
};
static const struct payload_keys wifi_qosmarkingpolicy = KEYS(wifi_qosmarkingpolicy_list);

static const struct payload_key wifi_list[] = {
	K("AutoJoin", YES_NO, 0, NULL, NULL, 0, 0),
	K("SSID_STR", TEXT, 0, NULL, NULL, 0, 0),
	K("HIDDEN_NETWORK", YES_NO, 0, NULL, NULL, 0, 0),
	K("ProxyType", TEXT, 0, "None|Manual|Auto", NULL, 0, 0),
	K("EncryptionType", TEXT, 0, "WEP|WPA|WPA2|WPA3|Any|None", NULL, 0, 0),
	K("Password", TEXT, 0, NULL, NULL, 0, 0),
	K("PayloadCertificateUUID", TEXT, KEY_REFERENCE, NULL, NULL, 0, 0),
	K("EAPClientConfiguration", DICT, 0, NULL, &wifi_eapclientconfiguration, 0, 0),
	K("DisplayedOperatorName", TEXT, 0, NULL, NULL, 0, 0),
	K("DomainName", TEXT, 0, NULL, NULL, 0, 0),
	K("RoamingConsortiumOIs", ARRAY, 0, NULL, NULL, 0, 0),
	K("ServiceProviderRoamingEnabled", YES_NO, 0, NULL, NULL, 0, 0),
	K("IsHotspot", YES_NO, 0, NULL, NULL, 0, 0),
	K("HESSID", TEXT, 0, NULL, NULL, 0, 0),
	K("NAIRealmNames", ARRAY, 0, NULL, NULL, 0, 0),
	K("MCCAndMNCs", ARRAY, 0, NULL, NULL, 0, -1),
	K("CaptiveBypass", YES_NO, 0, NULL, NULL, 0, -1),
	K("QoSMarkingPolicy", DICT, 0, NULL, &wifi_qosmarkingpolicy, 0, 0),
	K("SetupModes", ARRAY, 0, "System|Loginwindow", NULL, -1, 0),
	K("EnableIPv6", YES_NO, 0, NULL, NULL, 0, 0),
	K("TLSCertificateRequired", YES_NO, 0, NULL, NULL, 0, 0),
	K("ProxyServer", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyServerPort", WHOLE, 0, "0..65535", NULL, 0, 0),
	K("ProxyUsername", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyPassword", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyPACURL", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyPACFallbackAllowed", YES_NO, 0, NULL, NULL, 0, 0),
	K("DisableAssociationMACRandomization", YES_NO, 0, NULL, NULL, 1400, 1500),
};
const struct payload_keys payload_wifi_keys = KEYS(wifi_list);

static const struct payload_key proxy_list[] = {
	K("ProxyType", TEXT, 0, "Manual|Auto", NULL, 0, 0),
	K("ProxyServer", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyServerPort", WHOLE, 0, NULL, NULL, 0, 0),
	K("ProxyUsername", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyPassword", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyPACURL", TEXT, 0, NULL, NULL, 0, 0),
	K("ProxyPACFallbackAllowed", YES_NO, 0, NULL, NULL, 0, 0),
	K("ProxyCaptiveLoginAllowed", YES_NO, 0, NULL, NULL, 0, 0),
};
const struct payload_keys payload_proxy_keys = KEYS(proxy_list);
