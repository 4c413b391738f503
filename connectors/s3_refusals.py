"""What an S3 store's refusal means, and what to change: one line each."""

from __future__ import annotations

from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)

from connectors.bucket import S3Options

_BY_CODE = {
    "SignatureDoesNotMatch": "the secret key is wrong for this access key",
    "InvalidAccessKeyId": "it does not know this access key",
    "AccessDenied": "this access key may not do that here: its policy must allow to read, write, list and delete",
    "403": "this access key or its secret is wrong, or may not do that here",
    "Forbidden": "this access key or its secret is wrong, or may not do that here",
    "ExpiredToken": "the credentials have expired: get new ones",
    "InvalidToken": "the session token is wrong",
    "NoSuchBucket": "there is no such bucket: create it, or correct its name",
    "404": "what answers there is no S3 store, or knows no such bucket: check LRAHOS_S3_ENDPOINT",
    "InvalidBucketName": "the store allows no such bucket name",
    "PermanentRedirect": "the bucket lies in another region: set LRAHOS_S3_REGION or LRAHOS_S3_ENDPOINT",
    "301": "the bucket lies in another region: set LRAHOS_S3_REGION or LRAHOS_S3_ENDPOINT",
    "AuthorizationHeaderMalformed": "the region is wrong: set LRAHOS_S3_REGION",
    "IllegalLocationConstraintException": "the region is wrong: set LRAHOS_S3_REGION",
    "RequestTimeTooSkewed": "this machine's clock is wrong",
    "SlowDown": "it is overloaded: try again later, or with fewer jobs",
    "ServiceUnavailable": "it is overloaded or down: try again later",
    "503": "it is overloaded or down: try again later",
    "QuotaExceeded": "its quota is full",
    "XAmzContentSHA256Mismatch": "it does not understand these checksums: set LRAHOS_S3_CHECKSUMS=when_required",
}
_CREDENTIALS = (
    "no usable credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, "
    "or anything else that boto3 reads"
)
_BY_KIND: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((NoCredentialsError, PartialCredentialsError, CredentialRetrievalError, ProfileNotFound), _CREDENTIALS),
    ((SSLError,), "TLS failed: is it https at all, and its certificate known (AWS_CA_BUNDLE)?"),
    ((ProxyConnectionError,), "the proxy cannot be reached"),
    (
        (EndpointConnectionError, ConnectTimeoutError, ConnectionClosedError, ReadTimeoutError),
        "cannot be reached: check LRAHOS_S3_ENDPOINT and the network",
    ),
    ((ValueError,), "not a usable endpoint or region: LRAHOS_S3_ENDPOINT is https://HOST:PORT"),
)


def explain(error: Exception, url: str, options: S3Options) -> str:
    """One line that says what the store refused and what to change."""
    return f"bucket {url} at {options.endpoint or 'AWS'}: {_meaning(error)}"


def _meaning(error: Exception) -> str:
    if isinstance(error, ClientError):
        return _answer(error)
    for kinds, meaning in _BY_KIND:
        if isinstance(error, kinds):
            return f"{meaning} ({_line(error)})"
    return _line(error)


def _answer(error: ClientError) -> str:
    said = error.response.get("Error", {})
    code, message = str(said.get("Code", "")), " ".join(str(said.get("Message", "")).split())
    known = _BY_CODE.get(code)
    return f"{known} ({code})" if known else f"refused: {code} {message}".strip()


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
