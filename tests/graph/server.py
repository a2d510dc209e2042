#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Microsoft Graph, its sign-in, and a plain download, played over TLS on a loopback port; what goes wrong is told by a file of rules.
"""usage: server.py FOLDER

FOLDER has server.pem (key and certificate) and enrollment.mobileconfig; optional files there play:
  rules     lines "PATH-PART [TIMES] DEED [ARGUMENT]", tried in order; a rule that has been played
            TIMES times is over. DEED: status CODE, retry CODE SECONDS, html, garbage, short, slow,
            redirect URL, large, empty, text, profile FILE, next URL; await FIFO: the usual answer
            once somebody has written there
  state     JSON: profiles, push, restrictions, authority, devices, date (seconds to add to now),
            codes (by client: what each poll for a token is told, as an error; "" is yes; the last
            stays)
The port is written to the FIFO FOLDER/port once it listens, each request as a line to FOLDER/log.
"""
import base64
import email.utils
import http.server
import json
import os
import ssl
import sys
import threading
import time
import urllib.parse

folder = sys.argv[1]
account = "54fac284-7866-43e5-860a-9c8e10fa3d7d"
played = {}
polls = {}


def path_of(name):
    return os.path.join(folder, name)


def read_state():
    try:
        with open(path_of("state"), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def read_rules():
    try:
        with open(path_of("rules"), encoding="utf-8") as file:
            return [line.split() for line in file if line.strip()]
    except FileNotFoundError:
        return []


def find_rule(path):
    for words in read_rules():
        times = 1 << 30
        rest = words[1:]
        if rest[0].isdigit():
            times = int(rest[0])
            rest = rest[1:]
        key = " ".join(words)
        if words[0] in path and played.get(key, 0) < times:
            played[key] = played.get(key, 0) + 1
            return rest
    return None


def standard_profile():
    return {
        "id": account + "_b4cda2e6-3d9f-4eb6-aac3-bab920178f4a",
        "displayName": "Bench-Direct",
        "requiresUserAuthentication": False,
        "enableAuthenticationViaCompanyPortal": False,
        "requireCompanyPortalOnSetupAssistantEnrolledDevices": False,
    }


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(time.time() + read_state().get("date", 0), usegmt=True)

    def say(self, status, body=b"", kind="application/json", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("request-id", "played-0001")
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def tell(self, document, status=200):
        self.say(status, json.dumps(document).encode())

    def fail(self, status, code="PlayedError"):
        inner = json.dumps({"_version": 3, "Message": "this was played", "RetryAfter": None})
        self.tell({"error": {"code": code, "message": inner}}, status)

    def read_profile(self, name="enrollment.mobileconfig"):
        with open(path_of(name), "rb") as file:
            return file.read()

    # Each deed has the rule's further words.
    def do_deed(self, deed, words):
        if deed == "status":
            self.fail(int(words[0]))
        elif deed == "retry":
            body = json.dumps({"error": {"code": "TooManyRequests", "message": "later"}}).encode()
            self.say(int(words[0]), body, headers=[("Retry-After", words[1])])
        elif deed == "html":
            self.say(200, b"<!DOCTYPE html><title>Sign in</title>", "text/html; charset=utf-8")
        elif deed == "garbage":
            self.say(200, b'{"value": [')
        elif deed == "empty":
            self.say(200, b"")
        elif deed == "text":
            body = self.read_profile().decode("latin-1").encode("utf-8")
            self.tell({"value": base64.b64encode(b"\x30" + b"\xef\xbf\xbd" * 20 + body).decode()})
        elif deed == "short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
            self.close_connection = True
        elif deed == "slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.flush()
            stop.wait()
        elif deed == "large":
            self.say(200, b" " * (17 << 20))
        elif deed == "redirect":
            self.say(302, headers=[("Location", words[0])])
        elif deed == "profile":
            self.tell({"value": base64.b64encode(self.read_profile(words[0])).decode()})
        elif deed == "next":
            self.tell({"value": [], "@odata.nextLink": words[0]})

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def answer(self, body):
        with open(path_of("log"), "a", encoding="utf-8") as log:
            log.write(f"{self.command} {self.path} {body.decode('utf-8', 'replace')}\n")
        rule = find_rule(self.path)
        if rule and rule[0] == "await":
            with open(path_of(rule[1]), encoding="utf-8") as fifo:
                fifo.read()
            rule = None
        if rule:
            self.do_deed(rule[0], rule[1:])
        elif "/oauth2/" in self.path:
            self.sign_in(urllib.parse.parse_qs(body.decode()))
        elif self.path.startswith("/plain"):
            if self.headers.get("X-Played-Token") == "sesame":
                self.say(200, self.read_profile("plain.mobileconfig"), "application/x-apple-aspen-config")
            else:
                self.say(401)
        elif self.headers.get("Authorization") != "Bearer played-token":
            self.fail(401, "InvalidAuthenticationToken")
        else:
            self.graph(body)

    def sign_in(self, form):
        client = form.get("client_id", [""])[0]
        if self.path.endswith("/devicecode"):
            polls[client] = 0
            self.tell({"user_code": "ABCD-EFGH", "device_code": "played-code " + client,
                       "expires_in": 2 if client.endswith("e") else 60,
                       "interval": 1, "verification_uri": "https://example.org/devicelogin"})
            return
        grant = form.get("grant_type", [""])[0]
        good = form.get("client_secret") == ["played-secret"] or "client_assertion" in form
        if "client_assertion" in form:
            with open(path_of("assertion"), "w", encoding="utf-8") as file:
                file.write(form["client_assertion"][0])
        if grant.endswith(":device_code"):
            self.poll(client, form)
            return
        if good:
            self.tell({"token_type": "Bearer", "expires_in": 3599, "access_token": "played-token"})
        else:
            self.tell({"error": "invalid_client",
                       "error_description": "AADSTS7000215: Invalid client secret."}, 401)

    # One poll for the token of a device code; when it came is kept, as seconds.
    def poll(self, client, form):
        with open(path_of("polls-" + client), "a", encoding="utf-8") as file:
            file.write(f"{time.monotonic():.3f} {form['device_code'][0]}\n")
        told = read_state().get("codes", {}).get(client, [""])
        error = told[min(polls[client], len(told) - 1)]
        polls[client] += 1
        if error:
            self.tell({"error": error, "error_description": "this was played"}, 400)
        else:
            self.tell({"token_type": "Bearer", "expires_in": 3599, "access_token": "played-token"})

    def graph(self, body):
        state = read_state()
        path = urllib.parse.unquote(self.path)
        base = "/beta/deviceManagement"
        profiles = f"{base}/depOnboardingSettings/{account}/enrollmentProfiles"
        if path.startswith(base + "?"):
            self.tell({"intuneAccountId": account})
        elif path.startswith("/v1.0/organization"):
            self.tell({"value": [{"mobileDeviceManagementAuthority":
                                  state.get("authority", "intune")}]})
        elif path.endswith("/applePushNotificationCertificate"):
            self.tell(state.get("push", {"expirationDateTime": "2099-01-01T00:00:00Z",
                                         "topicIdentifier": "com.apple.mgmt.External.played",
                                         "appleIdentifier": "it@example.org"}))
        elif "/deviceEnrollmentConfigurations" in path:
            self.tell({"value": state.get("restrictions", [])})
        elif path == profiles and self.command == "POST":
            made = dict(json.loads(body), id=account + "_00000000-1111-4222-8333-444444444444")
            self.tell(made, 201)
        elif path == profiles:
            self.list_profiles(state.get("profiles", [standard_profile()]))
        elif path.startswith(profiles + "?page="):
            self.tell({"value": state.get("profiles", [standard_profile()])[1:]})
        elif path.endswith("/exportMobileConfig"):
            self.tell({"value": base64.b64encode(self.read_profile()).decode()})
        elif path.endswith("/importAppleDeviceIdentityList"):
            rows = json.loads(body)["importedAppleDeviceIdentities"]
            self.tell({"value": [dict(row, status=not row["serialNumber"].startswith("BAD"))
                                 for row in rows]})
        elif "/managedDevices" in path:
            wanted = path.split("serialNumber eq '")[1].split("'")[0]
            self.tell({"value": [device for device in state.get("devices", [])
                                 if device["serialNumber"] == wanted]})
        else:
            self.fail(404, "ResourceNotFound")

    # Two pages as soon as there is more than one profile.
    def list_profiles(self, profiles):
        document = {"value": profiles[:1]}
        if len(profiles) > 1:
            document["@odata.nextLink"] = f"https://localhost:{port}{self.path}?page=2"
        self.tell(document)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    # A client that hangs up, as it should, is no news.
    def handle_error(self, request, client_address):
        pass


stop = threading.Event()
server = Server(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(path_of("server.pem"))
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
port = server.server_address[1]
# A FIFO: whoever waits for the port is told it.
with open(path_of("port"), "w", encoding="utf-8") as file:
    file.write(f"{port}\n")
server.serve_forever()
