#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# iPhones behind a usbmuxd socket: another reading of the protocols than muster-sim's.
"""usage: phones.py SOCKET PHONES.json

PHONES.json is a list of objects, one a phone; their keys are those of TRAITS. "ready" is written to
the standard output once the socket listens, and when the standard input ends, a line of JSON for each
phone: its name, its profiles, how many Trust dialogs it showed, and what its host did that a host
should not ("rude"). What hosts ask goes to the standard error.
"""
import json
import os
import plistlib
import random
import re
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import uuid

TRAITS = {
    "udid": None,           # made up
    "serial": None,         # as usbmuxd tells it: the UDID
    "product": 0x12A8,      # as USB has it
    "over": ["USB"],        # how usbmuxd shows it, in this order; "Network" too
    "place": True,          # LocationID and ConnectionSpeed are told
    "values": {},           # of lockdown's global domain
    "omit": [],             # those that it does not have
    "record": None,         # the pair record that usbmuxd has: "foreign", "garbage", "empty"
    "trust": 0.3,           # seconds until the person taps Trust; "deny"
    "approve": 0.3,         # and until they have installed the profile
    "locked": 0,            # how often it says that it is locked
    "set-up": True,         # else it is in Setup Assistant, where nobody is asked
    "binary": False,        # answers are binary property lists
    "bare": False,          # or XML without a DOCTYPE and a last newline
    "drip": False,          # bytes leave one by one
    "tls": [None, None],    # lowest and highest version
    "self-signed": False,   # its certificate is its own, with SHA-1
    "plain-services": False,  # services do without TLS
    "idle": 10,             # seconds until lockdown hangs up on whoever says nothing
    "profiles": 0,          # how many of a kilobyte it has
    "errors": {},           # by request: what it answers the first times, null for as usual
    "leave": {},            # by request: after how many it is pulled, to come back as another device
}
EARLY = """DeviceName DeviceClass ProductType ProductName ProductVersion BuildVersion UniqueDeviceID
    UniqueChipID WiFiAddress DevicePublicKey HardwareModel PasswordProtected""".split()
RECORD = """DeviceCertificate EscrowBag HostCertificate HostID HostPrivateKey RootCertificate
    RootPrivateKey SystemBUID""".split()
LOCKDOWN = 62078
lock = threading.RLock()


class Over(Exception):
    """The connection has ended, or is to end."""


def openssl(*words, stdin=b""):
    return subprocess.run(["openssl", *words], input=stdin, check=True, capture_output=True).stdout


def log(*words):
    print("%.3f" % time.monotonic(), *words, file=sys.stderr, flush=True)


def varied(answer):
    """What another version of the system would say: another order, and a key more."""
    keys = random.sample(list(answer), len(answer))
    more = {"Text": "\u00fc <&> \U0001f4f1", "List": [1, 2.5, True, b"\0\xff"]}
    return {**{key: answer[key] for key in keys}, "XOfThisVersion": more}


def exactly(sock, count):
    data = b""
    while len(data) < count:
        more = sock.recv(count - len(data))
        if not more:
            raise Over
        data += more
    return data


def cut(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def pump(source, sink, size):
    """Carries from one socket to the other, so many bytes at once."""
    try:
        while data := source.recv(size):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def dripping(sock):
    """A socket whose bytes leave through SOCK one by one."""
    ours, theirs = socket.socketpair()
    threading.Thread(target=pump, args=(theirs, sock, 1), daemon=True).start()
    threading.Thread(target=pump, args=(sock, theirs, 65536), daemon=True).start()
    return ours


class Phone:
    def __init__(self, number, traits):
        assert set(traits) <= set(TRAITS), set(traits) - set(TRAITS)
        self.traits = {**TRAITS, **traits}
        self.number = number
        self.udid = self.traits["udid"] or "00008030-%016X" % (0x1A2B3C4D5E0000 + number)
        self.key = openssl("genrsa", "-traditional", "2048")
        self.device_id = None
        self.trusted = {}   # HostID: the root's certificate, and the one made for the phone
        self.dialog = None  # who is asked about, and when the answer comes
        self.dialogs = 0
        self.rude = []
        self.staged = None  # identifier, metadata, and when it is installed
        self.open = set()
        self.heard = {}
        self.errors = {what: list(told) for what, told in self.traits["errors"].items()}
        self.profiles = {"com.example.%d" % n: {"PayloadDisplayName": "x" * 1000}
                         for n in range(self.traits["profiles"])}
        self.values = {
            "DeviceName": "iPhone", "DeviceClass": "iPhone", "ProductType": "iPhone14,5",
            "ProductName": "iPhone OS", "ProductVersion": "18.5", "BuildVersion": "22F76",
            "UniqueDeviceID": self.udid, "UniqueChipID": 0x1A2B3C4D5E0000 + number,
            "SerialNumber": "F2LXQ%05d" % number, "WiFiAddress": "a4:83:e7:00:00:%02x" % number,
            "HardwareModel": "D17AP", "ActivationState": "Activated", "PasswordProtected": False,
            "DevicePublicKey": openssl("rsa", "-RSAPublicKey_out", stdin=self.key),
            **self.traits["values"]}
        for key in self.traits["omit"]:
            del self.values[key]
        self.domains = {
            "com.apple.mobile.chaperone": {"DeviceIsChaperoned": False},
            "com.apple.purplebuddy": {"SetupDone": True} if self.traits["set-up"] else {}}

    def blame(self, text):
        self.rude.append(text)
        log(self.udid, "RUDE:", text)

    def pair(self, record):
        if not all(isinstance(record.get(part), bytes) for part in
                   ("DeviceCertificate", "HostCertificate", "RootCertificate")):
            return {"Error": "InvalidPairRecord"}
        if "RootPrivateKey" in record or "HostPrivateKey" in record:
            self.blame("private keys were sent")
        host = record["HostID"]
        if host not in self.trusted and self.traits["set-up"]:
            if self.traits["locked"] > 0:
                self.traits["locked"] -= 1
                return {"Error": "PasswordProtected"}
            if not self.ask(host):
                return {"Error": "PairingDialogResponsePending"}
            if self.traits["trust"] == "deny":
                return {"Error": "UserDeniedPairing"}
        self.trusted[host] = (record["RootCertificate"], record["DeviceCertificate"])
        return {"EscrowBag": os.urandom(32)}

    def ask(self, host):
        """Whether the person has answered for HOST; for another one than before they are asked anew."""
        if not self.dialog or self.dialog[0] != host:
            wait = self.traits["trust"] if self.traits["trust"] != "deny" else 0.3
            self.dialog = (host, time.monotonic() + wait)
            self.dialogs += 1
        return time.monotonic() >= self.dialog[1]

    def secured(self, sock, host):
        root, certificate = self.trusted[host]
        if self.traits["self-signed"]:
            with tempfile.NamedTemporaryFile() as file:
                file.write(self.key)
                file.flush()
                certificate = openssl("req", "-x509", "-new", "-sha1", "-subj", "/", "-key", file.name)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("ALL:@SECLEVEL=0")
        lowest, highest = self.traits["tls"]
        context.minimum_version = ssl.TLSVersion[lowest or "TLSv1_2"]
        context.maximum_version = ssl.TLSVersion[highest or "TLSv1_3"]
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=root.decode())
        with tempfile.NamedTemporaryFile() as file:
            file.write(certificate + self.key)
            file.flush()
            context.load_cert_chain(file.name)
        return context.wrap_socket(sock, server_side=True)

    def serve(self, sock, service, host):
        """A connection to one of its services; HOST is whose TLS is wanted, None for none."""
        cord = sock.dup()  # TLS takes the socket itself over
        with lock:
            self.open.add(cord)
        try:
            wire = dripping(sock) if self.traits["drip"] else sock
            if host:
                wire = self.secured(wire, host)
            Talk(self, wire, service).go_on()
        except (Over, OSError) as why:
            log(self.udid, service, "over", repr(why))
        with lock:
            self.open.discard(cord)
            cut(cord)
            cord.close()

    def report(self):
        return json.dumps({"udid": self.udid, "name": self.values.get("DeviceName"),
                           "profiles": sorted(self.profiles)[-1:], "dialogs": self.dialogs,
                           "rude": self.rude})


class Talk:
    """What is said on one connection with one service of a phone."""

    def __init__(self, phone, sock, service):
        self.phone, self.sock, self.service = phone, sock, service
        self.host = self.session = None

    def send(self, answer):
        traits = self.phone.traits
        kind = plistlib.FMT_BINARY if traits["binary"] else plistlib.FMT_XML
        body = plistlib.dumps(varied(answer), fmt=kind, sort_keys=False)
        if traits["bare"]:
            body = re.sub(rb"<!DOCTYPE[^>]*>\s*", b"", body).rstrip()
        self.sock.sendall(struct.pack(">I", len(body)) + body)

    def go_on(self):
        while True:
            self.sock.settimeout(self.phone.traits["idle"] if self.service == "lockdown" else None)
            size, = struct.unpack(">I", exactly(self.sock, 4))
            request = plistlib.loads(exactly(self.sock, size))
            self.answer(request, request.get("Request") or request.get("RequestType"))

    def answer(self, request, verb):
        phone, then = self.phone, None
        what = ":".join(filter(None, (verb, request.get("Key"), request.get("Service"))))
        with lock:
            phone.heard[what] = phone.heard.get(what, 0) + 1
            told = phone.errors[what].pop(0) if phone.errors.get(what) else None
            if told and self.service == "lockdown":
                answer = {"Request": verb, "Error": told}
            elif told:
                answer = told
            elif self.service == "lockdown":
                answer, then = self.lockdown(verb, request)
            else:
                answer = self.mcinstall(verb, request)
        log(phone.udid, self.service, what, "->", repr(answer)[:150])
        if phone.traits["leave"].get(what) == phone.heard[what]:
            threading.Thread(target=Mux.replug, args=(phone,)).start()
            raise Over
        self.send(answer)
        if then:
            then()

    def lockdown(self, verb, request):
        """The answer, and what follows once it is sent."""
        if "Label" not in request:
            self.phone.blame("no Label in %s" % verb)
        then = None
        answer = getattr(self, "do_" + verb, lambda request: {"Error": "InvalidRequest"})(request)
        if verb == "StartSession" and "Error" not in answer:
            then = self.begin_tls
        elif verb == "StopSession" and "Error" not in answer:
            then = self.end_tls
        return {"Request": verb, **answer}, then

    def begin_tls(self):
        self.sock = self.phone.secured(self.sock, self.host)

    def end_tls(self):
        self.sock = self.sock.unwrap()

    def do_QueryType(self, _):
        return {"Type": "com.apple.mobile.lockdown"}

    def do_GetValue(self, request):
        phone, key, domain = self.phone, request.get("Key"), request.get("Domain")
        values = phone.domains.get(domain, {}) if domain else phone.values
        shown = values if self.session else {} if domain else {k: values[k] for k in EARLY if k in values}
        if not key or key in shown:
            return {**({"Key": key} if key else {}), "Value": shown[key] if key else shown}
        return {"Key": key, "Error": "GetProhibited" if key in values else "MissingValue"}

    def do_SetValue(self, request):
        if not self.session or request.get("Domain"):
            return {"Error": "SetProhibited"}
        self.phone.values[request["Key"]] = request["Value"]
        return {"Key": request["Key"]}

    def do_Pair(self, request):
        return self.phone.pair(request["PairRecord"])

    def do_StartSession(self, request):
        if self.session:
            return {"Error": "SessionActive"}
        if request["HostID"] not in self.phone.trusted:
            return {"Error": "InvalidHostID"}
        self.host, self.session = request["HostID"], str(uuid.uuid4()).upper()
        return {"SessionID": self.session, "EnableSessionSSL": True}

    def do_StopSession(self, request):
        if request.get("SessionID") != self.session:
            return {"Error": "InvalidSessionID"}
        self.session = None
        return {"Result": "Success"}

    def do_StartService(self, request):
        if not self.session:
            return {"Error": "InvalidHostID"}
        if request["Service"] != "com.apple.mobile.MCInstall":
            return {"Error": "InvalidService"}
        if self.phone.traits["plain-services"]:
            return {"Service": request["Service"], "Port": Mux.door(self.phone, "MCInstall", None)}
        port = Mux.door(self.phone, "MCInstall", self.host)
        return {"Service": request["Service"], "Port": port, "EnableServiceSSL": True}

    def mcinstall(self, verb, request):
        phone, done = self.phone, {"Status": "Acknowledged"}
        if phone.staged and time.monotonic() >= phone.staged[2]:
            phone.profiles[phone.staged[0]] = phone.staged[1]
            phone.staged = None
        if verb == "GetProfileList":
            about = {"PayloadRemovalDisallowed": False, "PayloadVersion": 1, "PayloadUUID": "0"}
            return {**done, "OrderedIdentifiers": list(phone.profiles),
                    "ProfileManifest": {i: {"Description": "", "IsActive": True} for i in phone.profiles},
                    "ProfileMetadata": {i: {**about, **p} for i, p in phone.profiles.items()}}
        if verb == "InstallProfile":
            return self.install(plistlib.loads(request["Payload"])) or done
        return {"Status": "CommandFormatError"}

    def install(self, profile):
        phone, identifier = self.phone, profile["PayloadIdentifier"]
        about = {k: profile[k] for k in ("PayloadDisplayName", "PayloadUUID", "PayloadVersion")}
        if not phone.traits["set-up"]:
            phone.profiles[identifier] = about
            return
        if phone.staged and not phone.traits["leave"]:
            phone.blame("a profile was sent while one was staged")
        phone.staged = (identifier, about, time.monotonic() + phone.traits["approve"])


class Mux:
    """usbmuxd: one for all phones; an object is one of its clients."""
    buid = "%s" % uuid.uuid4()
    phones, records, doors, listeners = [], {}, {}, []
    last_id, last_port = 2, 49152

    @classmethod
    def attached(cls, phone, over):
        """A phone as one of the ways to it is announced; over the network it has another DeviceID."""
        serial = phone.traits["serial"] or phone.udid
        told = {"ConnectionType": over, "SerialNumber": serial}
        if over == "USB":
            told |= {"DeviceID": phone.device_id, "ProductID": phone.traits["product"]}
            if phone.traits["place"]:
                told |= {"ConnectionSpeed": 480000000, "LocationID": (1 << 16) + phone.number + 4}
        else:
            told |= {"DeviceID": phone.device_id + 1000, "InterfaceIndex": 12,
                     "EscapedFullServiceName": "a4:83:e7:00:00:01@fe80::1._apple-mobdev2._tcp.local.",
                     "NetworkAddress": bytes([16, 2, 0, 0, 192, 168, 1, 7]) + bytes(120)}
        return {"MessageType": "Attached", "DeviceID": told["DeviceID"], "Properties": told}

    @classmethod
    def announced(cls):
        return [cls.attached(p, over) for p in cls.phones if p.device_id for over in p.traits["over"]]

    @classmethod
    def tell(cls, event):
        for listener in cls.listeners:
            listener.send(event, 0)

    @classmethod
    def plug(cls, phone):
        with lock:
            cls.last_id += 1
            phone.device_id = cls.last_id
            for over in phone.traits["over"]:
                cls.tell(cls.attached(phone, over))

    @classmethod
    def replug(cls, phone):
        with lock:
            cls.tell({"MessageType": "Detached", "DeviceID": phone.device_id})
            phone.device_id = None
            for cord in phone.open:
                cut(cord)
        cls.plug(phone)

    @classmethod
    def door(cls, phone, service, host):
        """A port for one connection."""
        cls.last_port += 1
        cls.doors[(phone, cls.last_port)] = (service, host)
        return cls.last_port

    def __init__(self, sock):
        self.sock = sock

    def send(self, answer, tag):
        body = plistlib.dumps(varied(answer), sort_keys=False)
        self.sock.sendall(struct.pack("<IIII", len(body) + 16, 1, 8, tag) + body)

    def run(self):
        try:
            while True:
                size, _, _, tag = struct.unpack("<IIII", exactly(self.sock, 16))
                request = plistlib.loads(exactly(self.sock, size - 16))
                with lock:
                    answer, then = self.answer(request["MessageType"], request)
                    self.send(answer, tag)
                    if then == "listen":
                        self.listen()
                if then and then != "listen":
                    then()
                    break
        except (Over, OSError):
            pass
        with lock:
            if self in self.listeners:
                self.listeners.remove(self)
        self.sock.close()

    def listen(self):
        for event in self.announced():
            self.send(event, 0)
        self.listeners.append(self)

    def answer(self, verb, request):
        """The answer, and what the connection is for from then on: None for more of the same."""
        name = request.get("PairRecordID")
        if verb == "ListDevices":
            return {"DeviceList": self.announced()}, None
        if verb == "Listen":
            return self.result(0), "listen"
        if verb == "ReadBUID":
            return {"BUID": self.buid}, None
        if verb == "ReadPairRecord":
            known = name in self.records
            return {"PairRecordData": self.records[name]} if known else self.result(2), None
        if verb == "SavePairRecord":
            return self.save(name, request["PairRecordData"]), None
        if verb == "DeletePairRecord":
            return self.result(0 if self.records.pop(name, None) is not None else 2), None
        if verb == "Connect":
            return self.connect(request["DeviceID"], socket.ntohs(request["PortNumber"]))
        return self.result(1), None

    @staticmethod
    def result(number):
        return {"MessageType": "Result", "Number": number}

    def save(self, name, data):
        phone = next(p for p in self.phones if p.udid == name)
        record = plistlib.loads(data)
        if set(RECORD) - set(record) or record["SystemBUID"] != self.buid:
            phone.blame("a pair record was saved without %s" % (set(RECORD) - set(record)))
        self.records[name] = data
        self.tell({"MessageType": "Paired", "DeviceID": phone.device_id})
        return self.result(0)

    def connect(self, device_id, port):
        phone = next((p for p in self.phones if p.device_id and p.device_id == device_id % 1000), None)
        if not phone:
            return self.result(2), None
        if device_id > 1000:
            phone.blame("it was asked for over the network")
        door = ("lockdown", None) if port == LOCKDOWN else self.doors.pop((phone, port), None)
        if not door:
            return self.result(3), None
        return self.result(0), lambda: phone.serve(self.sock, *door)


RECORDS = {
    "foreign": plistlib.dumps({part: b"-" for part in RECORD} | {"HostID": "F", "SystemBUID": "F"}),
    "garbage": b"no property list",
    "empty": b"",
}


def accept(server):
    while True:
        sock, _ = server.accept()
        threading.Thread(target=Mux(sock).run, daemon=True).start()


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        Mux.phones = [Phone(number, traits) for number, traits in enumerate(json.load(file), 1)]
    for phone in Mux.phones:
        Mux.plug(phone)
        if phone.traits["record"]:
            Mux.records[phone.udid] = RECORDS[phone.traits["record"]]
    server = socket.socket(socket.AF_UNIX)
    server.bind(sys.argv[1])
    server.listen(64)
    threading.Thread(target=accept, args=(server,), daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()
    print("\n".join(phone.report() for phone in Mux.phones), flush=True)
    os._exit(0)


main()
