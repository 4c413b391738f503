"""One writer a site: a lease in the bucket, renewed while its run lives.

It also leads to what a dead run left: the lease names the run, and whoever takes it over finishes
that run's plan first.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from connectors import layout
from connectors.bucket import Bucket
from connectors.errors import MissingKey

LEASE_SECONDS = 600.0  # a run that is silent for so long is dead
RENEW_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who works on a site, and until when that is believed."""

    site: str
    run: str
    owner: str  # host and process, for people
    expires: str  # ISO 8601 UTC

    def is_alive(self, now: datetime) -> bool:
        """Whether its run must be believed to be at work."""
        return datetime.fromisoformat(self.expires) > now


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What asking for a lease came to."""

    lease: Lease  # ours, or the one that stands in the way
    is_ours: bool
    left_by: str = ""  # the run that held it before and did not end


def claim_site(bucket: Bucket, site: str, run: str) -> Claim:
    """Take the site's lease for this run, unless a living run holds it."""
    now = datetime.now(UTC)
    ours = _lease(site, run, now)
    key = layout.lease(site)
    if bucket.put_if_absent(key, _dump(ours)):
        return Claim(lease=ours, is_ours=True)
    try:
        data, etag = bucket.get_with_etag(key)
    except MissingKey:  # just given back
        return Claim(lease=ours, is_ours=bucket.put_if_absent(key, _dump(ours)))
    held = Lease(**json.loads(data))
    if held.is_alive(now):
        return Claim(lease=held, is_ours=False)
    if bucket.put_if_match(key, _dump(ours), etag):
        return Claim(lease=ours, is_ours=True, left_by=held.run)
    return Claim(lease=held, is_ours=False)


def release_site(bucket: Bucket, lease: Lease) -> None:
    """Give the lease back; one that somebody took over stays theirs."""
    try:
        held = Lease(**json.loads(bucket.get(layout.lease(lease.site))))
    except MissingKey:
        return
    if (held.run, held.owner) == (lease.run, lease.owner):
        bucket.delete(layout.lease(lease.site))


async def keep_alive(bucket: Bucket, leases: list[Lease]) -> None:
    """Renew the leases for ever; cancelled when the run ends."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        now = datetime.now(UTC)
        for lease in leases:
            renewed = _dump(replace(lease, expires=_lease(lease.site, lease.run, now).expires))
            await asyncio.to_thread(bucket.put, layout.lease(lease.site), renewed)


def _lease(site: str, run: str, now: datetime) -> Lease:
    until = now + timedelta(seconds=LEASE_SECONDS)
    return Lease(
        site=site,
        run=run,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        expires=until.isoformat(timespec="seconds"),
    )


def _dump(lease: Lease) -> bytes:
    return json.dumps(asdict(lease)).encode()
