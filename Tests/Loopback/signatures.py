# SPDX-License-Identifier: Apache-2.0
"""AWS Signature Version 4 for S3, checked from the bytes of a request line and its headers.

Why beside moto's own check: moto sees a path that its web framework decoded; here the path counts
as it was sent, as on S3, and it must be in the canonical encoding already.
"""
import hashlib
import hmac
import re
from urllib.parse import quote, unquote_to_bytes


def is_signed_by(secrets, method, target, headers):
    """Whether a request carries a right signature; None where it carries none."""
    match = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?"
        r"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})", headers.get("Authorization", ""))
    if not match:
        return None
    access_key, day, region, signed, signature = match.groups()
    path, _, query = target.partition("?")
    names = signed.split(";")
    must = {"host", "x-amz-date", "x-amz-content-sha256"}
    if access_key not in secrets or not must <= set(names) or names != sorted(names):
        return False
    canonical = "\n".join([
        method, canonical_path(path), canonical_query(query),
        *(f"{name}:{' '.join(headers[name].split())}" for name in names), "", signed,
        headers["x-amz-content-sha256"]])
    scope = f"{day}/{region}/s3/aws4_request"
    text = "\n".join([
        "AWS4-HMAC-SHA256", headers["x-amz-date"], scope,
        hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + secrets[access_key]).encode()
    for part in [day, region, "s3", "aws4_request"]:
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.compare_digest(hmac.new(key, text.encode(), "sha256").hexdigest(), signature)


def canonical_path(path):
    return quote(unquote_to_bytes(path), safe="/-_.~")


def canonical_query(query):
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return "&".join(sorted(
        quote(unquote_to_bytes(name), safe="-_.~") + "=" + quote(unquote_to_bytes(value), safe="-_.~")
        for name, _, value in pairs))
