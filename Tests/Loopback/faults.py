# SPDX-License-Identifier: Apache-2.0
"""A proxy before an S3 API: it passes requests on byte for byte, fails where it was told to, and
keeps a log of what came."""
import http.client
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from signatures import is_signed_by


def error_body(code, message, extra=""):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code>'
            f"<Message>{message}</Message>{extra}<RequestId>1</RequestId></Error>").encode()


# What the faults that are plain answers look like: status, code, message.
ANSWERS = {
    "500": (500, "InternalError", "We encountered an internal error. Please try again."),
    "503": (503, "SlowDown", "Please reduce your request rate."),
    "429": (429, "TooManyRequests", "Slow down."),
    "403": (403, "AccessDenied", "Access Denied"),
    "404": (404, "NoSuchKey", "The specified key does not exist."),
    "expired": (400, "ExpiredToken", "The provided token has expired."),
}


class FaultyDoor:
    def __init__(self, target, users):
        self.target = target
        self.secrets = {user["id"]: user["secret"] for user in users.values()}
        self.lock = threading.Lock()
        self.faults = []
        self.log = []

    def start(self, certificate=None):
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.handle_error = lambda *_: None
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"

    def next_fault(self, path, authorization):
        """The first fault that stands for a request, used up by one."""
        with self.lock:
            for fault in self.faults:
                is_meant = fault["match"] in path and fault["user"] in authorization
                if is_meant and fault["times"] > 0:
                    fault["times"] -= 1
                    return fault
        return None

    def note(self, request):
        with self.lock:
            self.log.append(request)

    def plan(self, faults):
        with self.lock:
            self.faults += faults

    def requests(self, match):
        """What came whose request line holds a text, oldest first."""
        with self.lock:
            return [request for request in self.log if match in request["path"]]


def handler_of(door):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            authorization = self.headers.get("Authorization", "")
            scope = authorization.split("/")
            door.note({
                "path": self.path, "port": self.client_address[1],
                "region": scope[2] if len(scope) > 2 else None,
                "isSigned": is_signed_by(door.secrets, self.command, self.path, self.headers)})
            fault = door.next_fault(self.path, authorization)
            if fault is None:
                return self.forward(body)
            self.fail(fault, body)

        do_PUT = do_POST = do_GET

        def log_message(self, *_):
            pass

        def fail(self, fault, body):
            kind = fault["kind"]
            if kind in ANSWERS:
                status, code, message = ANSWERS[kind]
                self.answer(status, error_body(code, message))
            elif kind == "reset":
                self.close_connection = True
            elif kind == "cut":
                self.forward(body, share=0.5)
            elif kind == "stall":
                time.sleep(fault["seconds"])
                self.close_connection = True
            elif kind == "slow":
                self.forward(body, pause=fault["seconds"])
            elif kind == "moved":
                self.answer(301, b"", {"x-amz-bucket-region": fault["region"]})
            elif kind == "malformed":
                self.answer(400, error_body(
                    "AuthorizationHeaderMalformed", "the region is wrong",
                    f"<Region>{fault['region']}</Region>"))
            elif kind == "page":
                self.answer(200, b"<html>Welcome to the hotel network</html>")

        def forward(self, body, share=1.0, pause=0):
            upstream = http.client.HTTPConnection(*door.target)
            upstream.putrequest(
                self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                upstream.putheader(name, value)
            upstream.endheaders(body or None)
            response = upstream.getresponse()
            content = response.read()
            self.answer(response.status, content, {
                name: value for name, value in response.getheaders()
                if name.lower() in ("etag", "content-type", "x-amz-bucket-region")}, share, pause)

        def answer(self, status, content, headers=None, share=1.0, pause=0):
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            part = content[:int(len(content) * share)]
            step = len(part) if not pause else max(1, len(part) // 4)
            for start in range(0, len(part), max(1, step)):
                self.wfile.write(part[start:start + step])
                self.wfile.flush()
                time.sleep(pause)
            if share < 1:
                self.close_connection = True

    return Handler
