"""Real S3 servers on this machine, started by a test and ended with it.

    @pytest.fixture(scope="module")
    def store() -> Iterator[S3Server]:
        with moto_server() as server:
            yield server

Both ask for credentials, which are made at random; ``S3Server.environment`` holds them as boto3 reads
them. moto knows conditional writes, rclone ignores them and keeps its buckets as folders.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config

_START_SECONDS = 60  # a busy machine takes a while; nothing waits that long otherwise
_REGION = "us-east-1"
_NO_FILE = f"{os.devnull}/none"


@dataclass(frozen=True)
class S3Server:
    """A running server, and the keys that it takes."""

    endpoint: str
    access_key: str
    secret_key: str

    @property
    def environment(self) -> dict[str, str]:
        """What boto3 and lrahos read to use this server; nothing else of this machine's AWS settings."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_DEFAULT_REGION": _REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": _NO_FILE,
            "AWS_SHARED_CREDENTIALS_FILE": _NO_FILE,
            "LRAHOS_S3_ENDPOINT": self.endpoint,
            "NO_PROXY": "127.0.0.1,localhost",
        }

    def make_bucket(self, name: str) -> None:
        """A new, empty bucket."""
        self.client("s3").create_bucket(Bucket=name)

    def limited_to(self, action: str) -> S3Server:
        """The same server for a user who may do less ("s3:Get*"); moto only."""
        iam, name = self.client("iam"), secrets.token_hex(4)
        iam.create_user(UserName=name)
        policy = iam.create_policy(PolicyName=name, PolicyDocument=_policy(action))["Policy"]["Arn"]
        iam.attach_user_policy(UserName=name, PolicyArn=policy)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return S3Server(self.endpoint, key["AccessKeyId"], key["SecretAccessKey"])

    def client(self, service: str):
        """A boto3 client of the server."""
        return boto3.session.Session().client(
            service,
            endpoint_url=self.endpoint,
            region_name=_REGION,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )


@contextmanager
def moto_server() -> Iterator[S3Server]:
    """moto with authentication on: a wrong secret is refused as on AWS."""
    port = free_port()
    # These calls are free of authentication; the next one is not.
    setup = ("create_user", "create_policy", "attach_user_policy", "create_access_key")
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(len(setup))}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with _running(command, port, environment):
        nobody = S3Server(f"http://127.0.0.1:{port}", secrets.token_hex(8), secrets.token_hex(16))
        yield nobody.limited_to("*")


@contextmanager
def rclone_server(directory: Path) -> Iterator[S3Server]:
    """rclone serving the folders of a directory as buckets."""
    port = free_port()
    access_key, secret_key = secrets.token_hex(8), secrets.token_hex(16)
    rclone = Path(sys.executable).with_name("rclone")
    command = [
        str(rclone),
        "serve",
        "s3",
        str(directory),
        "--addr",
        f"127.0.0.1:{port}",
        "--config",
        os.devnull,
    ]
    # By the environment: arguments can be seen by everybody on the machine. The quotes make it one value.
    environment = {**os.environ, "RCLONE_AUTH_KEY": f'"{access_key},{secret_key}"'}
    with _running(command, port, environment):
        yield S3Server(f"http://127.0.0.1:{port}", access_key, secret_key)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _policy(action: str) -> str:
    return (
        '{"Version": "2012-10-17", "Statement": '
        f'[{{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}]}}'
    )


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(process, port)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended at once with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{process.args} does not listen on {port}")
