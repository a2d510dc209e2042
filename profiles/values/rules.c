/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that profiles are checked by: what each is called, how bad it is, what to do about it.
 */
#include "profiles/values/rules.h"

static const struct rule_text rules[RULES] = {
	[RULE_FILE] = { "file", RULE_ERROR, "The file can be read, and is of a profile's size.",
			"Look at its name, its rights and its size." },
	[RULE_CONTAINER] = { "container", RULE_ERROR,
			     "The file is XML, a binary property list, or one of these signed.",
			     "Get the original again, or convert it as the line says." },
	[RULE_XML] = { "xml", RULE_ERROR, "The XML is a property list, whole and in UTF-8.",
		       "Mend the line, or get the original again when the file is signed." },
	[RULE_KEY_TWICE] = { "key-twice", RULE_WARNING, "Each key of a dictionary is there once.",
			     "Take one out, unless the file is signed; devices take the last." },
	[RULE_BASE64] = { "base64", RULE_WARNING, "Data are whole Base64.",
			  "Get the original again; devices take what is left of it." },
	[RULE_BINARY] = { "binary", RULE_ERROR, "The binary property list is whole.",
			  "Get the original again." },

	[RULE_CMS] = { "cms", RULE_ERROR, "The signature is one that devices take.",
		       "Get the original again, or sign it anew as the line says." },
	[RULE_CMS_INTEGRITY] = { "cms-integrity", RULE_ERROR, "The signature fits what is signed.",
				 "Get the original again; whoever signs must sign after every "
				 "change." },
	[RULE_CMS_TRUST] = { "cms-trust", RULE_WARNING,
			     "The signer's certificate leads to an authority that this host "
			     "trusts.",
			     "Devices have their own list; if they do not know the signer either, "
			     "they install it with the remark Not Verified." },
	[RULE_CMS_EXPIRED] = { "cms-expired", RULE_WARNING,
			       "The signer's certificate is valid today.",
			       "Devices install it with the remark Not Verified; download or sign "
			       "it again." },

	[RULE_PLIST] = { "plist", RULE_ERROR, "The property list is a dictionary.",
			 "Get the original again." },
	[RULE_NOT_A_PROFILE] = { "not-a-profile", RULE_ERROR,
				 "The property list is a configuration profile.",
				 "Look for the file that ends in .mobileconfig." },
	[RULE_TOP_TYPE] = { "top-type", RULE_ERROR,
			    "The profile's PayloadType is Configuration or Profile Service.",
			    "Write Configuration; the types of payloads stand inside "
			    "PayloadContent." },
	[RULE_CONTENT] = { "content", RULE_ERROR, "PayloadContent holds 1 to 200 payloads.",
			   "Put at least one payload into the array PayloadContent." },
	[RULE_REQUIRED_KEY] = { "required-key", RULE_ERROR,
				"Keys that a device requires are there.",
				"Add the key; devices refuse a payload without it." },
	[RULE_TYPE_OF_KEY] = { "type-of-key", RULE_ERROR,
			       "Each key has a value of the type that devices expect.",
			       "Write the value as the type that the line names." },
	[RULE_TEXT_FORM] = { "text-form", RULE_ERROR,
			     "Identifiers and addresses are short, visible and not empty.",
			     "Write it without line ends and invisible characters." },
	[RULE_VERSION] = { "version", RULE_ERROR, "PayloadVersion is 1.",
			   "Write 1; it is the version of the format, not of the profile." },
	[RULE_UUID_FORM] = { "uuid-form", RULE_WARNING,
			     "PayloadUUID has the form of a UUID, in 8-4-4-4-12 digits.",
			     "Make a new one with uuidgen." },
	[RULE_UUID_DUP] = { "uuid-dup", RULE_ERROR, "Each PayloadUUID is there once.",
			    "Make a new one with uuidgen for the second." },
	[RULE_IDENTIFIER_DUP] = { "identifier-dup", RULE_ERROR,
				  "Payloads have each a PayloadIdentifier of their own.",
				  "Lengthen one by a word of its own." },
	[RULE_IDENTIFIER_OWN] = { "identifier-own", RULE_NOTE,
				  "No payload is called as the profile itself.",
				  "Lengthen the payload's by a word of its own, as Apple asks; "
				  "devices take it as it is." },
	[RULE_IDENTIFIER_FORM] = { "identifier-form", RULE_WARNING,
				   "PayloadIdentifier is a name such as org.example.wifi.",
				   "Use letters, digits, dots and dashes; a profile of the same "
				   "identifier replaces the one before." },
	[RULE_CHOICE] = { "choice", RULE_ERROR, "A key with a fixed set of values has one of them.",
			  "Choose one of the values in the line." },
	[RULE_RANGE] = { "range", RULE_ERROR, "A number is within the bounds of its key.",
			 "Choose a number within them." },
	[RULE_BLANK_KEY] = { "blank-key", RULE_WARNING, "Keys have no blanks around them.",
			     "Take the blanks out; with them it is another key, which devices "
			     "ignore." },
	[RULE_UNKNOWN_KEY] = { "unknown-key", RULE_NOTE, "Keys are known to muster.",
			       "Devices ignore keys that they do not know; newer systems may know "
			       "it." },
	[RULE_NEAR_KEY] = { "near-key", RULE_WARNING, "Keys are spelled as devices know them.",
			    "Correct the spelling; devices ignore keys that they do not know." },
	[RULE_UNKNOWN_PAYLOAD] = { "unknown-payload", RULE_WARNING,
				   "Payload types of Apple's are known to muster.",
				   "Correct the spelling if it is wrong; Macs take other names as an "
				   "app's preferences, iPhone and iPad refuse or ignore them." },
	[RULE_FOREIGN_PAYLOAD] = { "foreign-payload", RULE_NOTE, "Payload types are Apple's own.",
				   "Macs take it as the preferences of an app; iPhone and iPad "
				   "refuse or ignore it." },
	[RULE_MULTIPLE] = { "multiple", RULE_ERROR,
			    "Payload types of which a device takes one are there once.",
			    "Keep one of them." },
	[RULE_REFERENCE] = { "reference", RULE_ERROR,
			     "A UUID that refers to a certificate is that of a payload in the "
			     "profile, of the right kind.",
			     "Put the certificate into the same profile, and write its "
			     "PayloadUUID." },
	[RULE_PLACEHOLDER] = { "placeholder", RULE_ERROR, "No variable of a template is left over.",
			       "Fill it in, or let the program that the template is for do it." },
	[RULE_PERHAPS_PLACEHOLDER] = { "perhaps-placeholder", RULE_WARNING,
				       "Nothing looks as if it was still to be filled in.",
				       "See whether it is meant so." },
	[RULE_SECRET_IN_CLEAR] = { "secret-in-clear", RULE_NOTE,
				   "Passwords and challenges stand in the file in clear text.",
				   "Keep the file from others: chmod 600, no mail, no shared "
				   "folder." },

	[RULE_SUPERVISED] = { "supervised", RULE_WARNING,
			      "Nothing in it needs a supervised device.",
			      "Supervise the devices first; others refuse the payload or ignore "
			      "the key." },
	[RULE_MANUAL_INSTALL] = { "manual-install", RULE_ERROR,
				  "Every payload may be installed by hand.",
				  "Let the MDM send it; devices refuse it from a cable or a file." },
	[RULE_OS_RANGE] = { "os-range", RULE_WARNING,
			    "The systems that the blueprint is for know all of it.",
			    "Narrow the blueprint's \"for\", or use another payload." },
	[RULE_PLATFORM] = { "platform", RULE_ERROR,
			    "All payloads are for the devices that the blueprint is for.",
			    "Take a profile that is made for these devices." },
	[RULE_TARGET_DEVICE] = { "target-device", RULE_ERROR,
				 "TargetDeviceType names the devices that the blueprint is for.",
				 "Take the key out, or a profile that is made for these devices." },
	[RULE_SCOPE] = { "scope", RULE_WARNING,
			 "An enrollment profile has the scope System on a Mac.",
			 "Write System, or take PayloadScope out." },

	[RULE_REMOVAL_DATE] = { "removal-date", RULE_ERROR, "RemovalDate is still to come.",
				"Get a newer profile; devices refuse this one." },
	[RULE_PAYLOAD_DATE] = { "payload-date", RULE_WARNING,
				"PayloadExpirationDate is still to come.",
				"Get a newer profile; devices show this one as expired." },
	[RULE_DOWNLOAD_PAST] = { "download-past", RULE_ERROR,
				 "A download with a limited life is still within it.",
				 "Download it again; the enrollment would fail." },
	[RULE_DOWNLOAD_UNKNOWN] = { "download-unknown", RULE_NOTE,
				    "When a download with a limited life was made is known.",
				    "Say it with --downloaded DATE." },
	[RULE_SOON] = { "soon", RULE_WARNING, "It lasts for three more days at least.",
			"Get a newer one before the next batch." },

	[RULE_CERT_PARSE] = { "cert-parse", RULE_ERROR,
			      "A certificate payload holds a certificate.",
			      "Export the certificate again, as DER or PEM." },
	[RULE_CERT_EXPIRED] = { "cert-expired", RULE_WARNING, "Certificates in it are valid today.",
				"Put the renewed certificate in." },
	[RULE_IDENTITY_EXPIRED] = { "identity-expired", RULE_ERROR,
				    "The identity in it is valid today.",
				    "Issue a new identity; servers refuse this one." },
	[RULE_P12_OPENS] = { "p12-opens", RULE_ERROR,
			     "An identity payload holds PKCS#12 that its password opens.",
			     "Export the identity again, and write its password into Password." },
	[RULE_P12_PASSWORD] = { "p12-password", RULE_WARNING,
				"An identity payload has its password.",
				"Add Password, or whoever installs the profile is asked for it on "
				"each device." },
	[RULE_SCEP_URL] = { "scep-url", RULE_ERROR, "The address of the SCEP server is one.",
			    "Write an address such as https://scep.school.edu/scep." },
	[RULE_SCEP_KEY] = { "scep-key", RULE_ERROR,
			    "The key that SCEP asks for is one that devices make.",
			    "RSA with 2048 or 4096 bits, Key Usage 1, 4 or 5." },
	[RULE_SCEP_WEAK] = { "scep-weak", RULE_WARNING, "The key of SCEP has 2048 bits or more.",
			     "Ask for Keysize 2048; many servers refuse 1024 bits." },
	[RULE_ACME_URL] = { "acme-url", RULE_ERROR, "The address of the ACME server is https.",
			    "Write its directory's https address." },
	[RULE_ACME_KEY] = { "acme-key", RULE_ERROR,
			    "The key that ACME asks for is one that devices make.",
			    "HardwareBound goes with ECSECPrimeRandom of 256 or 384 bits, Attest "
			    "with HardwareBound." },
	[RULE_ACME_SERIALS] = { "acme-serials", RULE_NOTE,
				"Intune's ACME profiles enroll devices whose serial numbers it "
				"knew before the download.",
				"Upload and assign the serial numbers, then download the profile." },

	[RULE_MDM_IDENTITY] = { "mdm-identity", RULE_ERROR,
				"The MDM payload's identity is a SCEP, ACME or PKCS#12 payload in "
				"the profile.",
				"Download the profile again from the MDM." },
	[RULE_MDM_URL] = { "mdm-url", RULE_ERROR, "The MDM's addresses are https.",
			   "Download the profile again from the MDM." },
	[RULE_MDM_TOPIC] = { "mdm-topic", RULE_ERROR, "The MDM's topic begins com.apple.mgmt.",
			     "Write the UID of the MDM's push certificate." },
	[RULE_MDM_RIGHTS] = { "mdm-rights", RULE_ERROR,
			      "AccessRights are a sum of the thirteen rights, in the pairs that "
			      "belong together.",
			      "Write 8191 for all of them; 2 needs 1, and 128 needs 64." },
	[RULE_MDM_APPLE_ID] = { "mdm-apple-id", RULE_WARNING,
				"The profile does not enroll a user's account.",
				"iOS 18 and macOS 15 have no User Enrollment by profile any more; "
				"use device enrollment." },
	[RULE_MDM_CAPABILITIES] = { "mdm-capabilities", RULE_NOTE,
				    "The MDM says that it speaks with each user of a device.",
				    "Macs and shared iPads need com.apple.mdm.per-user-connections "
				    "in ServerCapabilities." },
	[RULE_MDM_DEVELOPMENT] = { "mdm-development", RULE_WARNING,
				   "The MDM uses Apple's production push service.",
				   "Take UseDevelopmentAPNS out." },
	[RULE_OTA_URL] = { "ota-url", RULE_ERROR,
			   "The address where devices fetch the real profile is one.",
			   "Download the profile again from the MDM." },
	[RULE_OTA_PLAIN] = { "ota-plain", RULE_WARNING,
			     "The address where devices fetch the real profile is https.",
			     "Ask for an https address: on the way, anybody could change what "
			     "devices install." },
	[RULE_OTA_ATTRIBUTE] = { "ota-attribute", RULE_WARNING,
				 "DeviceAttributes are ones that devices know.",
				 "UDID, VERSION, PRODUCT and SERIAL are the usual ones." },
	[RULE_OTA_ONLY] = { "ota-only", RULE_NOTE, "What the profile installs is in it.",
			    "The device fetches the real profile by itself; it needs a network "
			    "first." },
	[RULE_ENCRYPTED] = { "encrypted", RULE_NOTE, "The payloads can be read.",
			     "Only the device that they are encrypted for can say what they are." },

	[RULE_WIFI_NETWORK] = { "wifi-network", RULE_ERROR,
				"A Wi-Fi payload names its network, by SSID_STR or as Passpoint.",
				"Write the network's name, of 1 to 32 bytes, into SSID_STR." },
	[RULE_WIFI_PASSWORD] = { "wifi-password", RULE_ERROR,
				 "The password of a Wi-Fi network can be one.",
				 "A WPA password has 8 to 63 characters, or 64 hexadecimal "
				 "digits." },
	[RULE_WIFI_OPEN] = { "wifi-open", RULE_WARNING,
			     "Encryption and password of a Wi-Fi network fit each other.",
			     "Say EncryptionType and Password, or neither for an open network; "
			     "UserName where a person is not to be asked." },
	[RULE_WIFI_IDENTITY] = { "wifi-identity", RULE_ERROR, "EAP-TLS has an identity.",
				 "Write the PayloadUUID of the SCEP, ACME or PKCS#12 payload into "
				 "PayloadCertificateUUID." },
	[RULE_WIFI_TRUST] = { "wifi-trust", RULE_WARNING,
			      "An enterprise network says which server to trust.",
			      "Add PayloadCertificateAnchorUUID or TLSTrustedServerNames, or each "
			      "device asks a person." },
	[RULE_WIFI_PROXY] = { "wifi-proxy", RULE_ERROR, "A manual proxy has its server and port.",
			      "Write ProxyServer and ProxyServerPort, or ProxyType None." },

	[RULE_WIFI_FIRST] = { "wifi-first", RULE_WARNING,
			      "A blueprint gives a device its Wi-Fi before it enrolls it.",
			      "Put the step with the Wi-Fi profile before the other." },
};

const struct rule_text *rule_text(enum rule rule)
{
	return &rules[rule];
}

enum rule_level rule_level(enum rule rule)
{
	return rule == RULE_NONE ? RULE_ERROR : rules[rule].level;
}

const char *rule_level_to_text(enum rule_level level)
{
	static const char *const texts[] = {
		[RULE_ERROR] = "error",
		[RULE_WARNING] = "warning",
		[RULE_NOTE] = "note",
	};

	return texts[level];
}
