# SPDX-License-Identifier: Apache-2.0
"""An S3 API on loopback for the tests: moto with its signature checks on, behind a door that can
fail on demand and that checks every signature once more by itself.

Prints one line of JSON with the addresses and keys; then each line of JSON on standard input is
a command and gets a line in return. It ends when its standard input does.
"""
import json
import logging
import os
import sys

for name in [n for n in os.environ if n.startswith("AWS_")]:
    del os.environ[name]

import boto3
import moto.settings
from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID
from moto.server import ThreadedMotoServer

from certificates import make_certificate
from faults import FaultyDoor
from metadata import MetadataService

REGION = "eu-central-1"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["s3:*", "sts:*"], "Resource": "*"}],
}


def client(service, url, keys):
    return boto3.client(
        service, region_name=REGION, endpoint_url=url, aws_access_key_id=keys["id"],
        aws_secret_access_key=keys["secret"], aws_session_token=keys.get("token"))


def make_users(url):
    """A user who may do all in S3, one who may do nothing, and temporary keys of a role."""
    root = {"id": "AKIAIOSFODNN7EXAMPLE", "secret": "root"}
    iam = client("iam", url, root)
    users = {}
    for name in ["reader", "stranger"]:
        iam.create_user(UserName=name)
        made = iam.create_access_key(UserName=name)["AccessKey"]
        users[name] = {"id": made["AccessKeyId"], "secret": made["SecretAccessKey"]}
    iam.put_user_policy(UserName="reader", PolicyName="all", PolicyDocument=json.dumps(POLICY))
    role = iam.create_role(RoleName="visitor", AssumeRolePolicyDocument=json.dumps(POLICY))
    iam.put_role_policy(RoleName="visitor", PolicyName="all", PolicyDocument=json.dumps(POLICY))
    assumed = client("sts", url, root).assume_role(
        RoleArn=role["Role"]["Arn"], RoleSessionName="tests")["Credentials"]
    users["visitor"] = {
        "id": assumed["AccessKeyId"], "secret": assumed["SecretAccessKey"],
        "token": assumed["SessionToken"]}
    return users


def main():
    logging.disable(logging.CRITICAL)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    users = make_users(url)
    # From here on, every request is authenticated and authorised.
    moto.settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    door = FaultyDoor((host, port), users)
    metadata = MetadataService(users["visitor"])
    certificate = make_certificate()
    print(json.dumps({
        "store": url, "door": door.start(), "secureDoor": door.start(certificate),
        "authorities": certificate, "metadata": metadata.start(), "users": users}), flush=True)
    for line in sys.stdin:
        print(json.dumps(obey(json.loads(line), door)), flush=True)
    os.remove(certificate)
    os._exit(0)


def obey(command, door):
    if "bucket" in command:
        # Past the HTTP face: only what is read has to go the long way.
        store = get_backend("s3")[DEFAULT_ACCOUNT_ID]["aws"]
        store.create_bucket(command["bucket"], REGION)
        for key, size in command["objects"]:
            store.put_object(command["bucket"], key, content(key, size))
    elif "files" in command:
        # Objects with the bytes of files, for the tool itself to read.
        store = get_backend("s3")[DEFAULT_ACCOUNT_ID]["aws"]
        store.create_bucket(command["files"], REGION)
        for key, path in command["paths"].items():
            with open(path, "rb") as file:
                store.put_object(command["files"], key, file.read())
    elif "faults" in command:
        door.plan(command["faults"])
    elif "requests" in command:
        return door.requests(command["requests"])
    return []


def content(key, size):
    """Bytes that the key alone decides, so that a test knows them too."""
    seed = key.encode() or b"-"
    return (seed * (size // len(seed) + 1))[:size]


main()
