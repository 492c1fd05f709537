# SPDX-License-Identifier: Apache-2.0
"""The services that hand out credentials without a signature: instance (IMDSv2), container, and
STS for web identities (which moto, its checks on, answers with an error of its own)."""
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

TOKEN = "metadata-token=="
ROLE = "a role/with odd+name"


class MetadataService:
    def __init__(self, keys):
        self.document = json.dumps({
            "Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": keys["id"],
            "SecretAccessKey": keys["secret"], "Token": keys["token"],
            "Expiration": "2999-01-01T00:00:00Z"}, indent=2).encode()
        self.answer = (
            '<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
            "<AssumeRoleWithWebIdentityResult><Credentials>"
            f"<AccessKeyId>{keys['id']}</AccessKeyId>"
            f"<SecretAccessKey>{keys['secret']}</SecretAccessKey>"
            f"<SessionToken>{keys['token']}</SessionToken>"
            "<Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>"
            "</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>").encode()

    def start(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self.document, self.answer))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"


def handler_of(document, answer):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self):
            has_lifetime = self.headers.get("x-aws-ec2-metadata-token-ttl-seconds") == "21600"
            is_known = self.path == "/latest/api/token" and has_lifetime
            self.answer(200 if is_known else 400, TOKEN.encode() if is_known else b"")

        def do_GET(self):
            if self.path == "/container":
                is_allowed = self.headers.get("Authorization") == "container-token"
                return self.answer(200 if is_allowed else 403, document if is_allowed else b"")
            if self.headers.get("x-aws-ec2-metadata-token") != TOKEN:
                return self.answer(401, b"")
            folder = "/latest/meta-data/iam/security-credentials/"
            if self.path == folder:
                return self.answer(200, ROLE.encode())
            is_role = self.path == folder + "a%20role/with%20odd%2Bname"
            self.answer(200 if is_role else 404, document if is_role else b"")

        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            is_known = form.get("Action") == ["AssumeRoleWithWebIdentity"] and form.get(
                "WebIdentityToken") == ["a.signed.token"] and "Authorization" not in self.headers
            self.answer(200 if is_known else 400, answer if is_known else b"")

        def log_message(self, *_):
            pass

        def answer(self, status, body):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
