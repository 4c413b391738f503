"""One writer a site: a lease in the bucket, renewed while its run lives.

It also leads to what a dead run left: the lease names the run, and whoever takes it over finishes
that run's plan first. A run is dead when its lease has run out; on the machine where it worked, as
soon as its process is gone.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from connectors import layout
from connectors.bucket import Bucket
from connectors.errors import BucketError, MissingKey
from flows.processes import is_gone, this_process

LEASE_SECONDS = 600.0  # a run that is silent for so long is dead
RENEW_SECONDS = 120.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who works on a site, and until when that is believed."""

    site: str
    run: str
    owner: str  # host and process, for people
    expires: str  # ISO 8601 UTC
    process: str = ""  # the same for programs: ``this_process``
    left: tuple[str, ...] = ()  # runs that died over this site and are to be finished, oldest first

    def is_alive(self, now: datetime) -> bool:
        """Whether its run must be believed to be at work."""
        return datetime.fromisoformat(self.expires) > now and not is_gone(self.process)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What asking for a lease came to."""

    lease: Lease  # ours, or the one that stands in the way
    is_ours: bool


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
    held = _load(data)
    if held.is_alive(now):
        return Claim(lease=held, is_ours=False)
    # what the dead run had to finish itself is still to be finished
    ours = replace(ours, left=(*held.left, held.run))
    if bucket.put_if_match(key, _dump(ours), etag):
        return Claim(lease=ours, is_ours=True)
    return Claim(lease=held, is_ours=False)


def release_site(bucket: Bucket, lease: Lease) -> None:
    """Give the lease back; one that somebody took over stays theirs."""
    if _holder(bucket, lease.site) == lease.run:
        bucket.delete(layout.lease(lease.site))


def leave_site(bucket: Bucket, lease: Lease) -> None:
    """Let the lease run out now: whoever takes the site next finishes our plan first."""
    if _holder(bucket, lease.site) == lease.run:
        bucket.put(
            layout.lease(lease.site), _dump(replace(lease, expires=_text(datetime.now(UTC)), process=""))
        )


def renew_site(bucket: Bucket, lease: Lease) -> None:
    """Put the lease's end off, unless somebody has taken it over."""
    if _holder(bucket, lease.site) == lease.run:
        renewed = replace(lease, expires=_lease(lease.site, lease.run, datetime.now(UTC)).expires)
        bucket.put(layout.lease(lease.site), _dump(renewed))


class SiteLeases:
    """The leases of a run's sites, kept alive while it works: ``async with SiteLeases(...) as leases``.

    A run that ends well gives them back. One that fails, or leaves something undone, lets them run
    out, and so tells the next run what to finish.
    """

    def __init__(self, bucket: Bucket, sites: Sequence[str], run: str) -> None:
        self._bucket = bucket
        self._sites = sites
        self._run = run
        self._renewing: asyncio.Task[None] | None = None
        self.claims: list[Claim] = []
        self.is_finished = False  # whether nothing of the run's plan is left to do

    @property
    def own(self) -> list[Lease]:
        """Those that are ours."""
        return [claim.lease for claim in self.claims if claim.is_ours]

    async def __aenter__(self) -> Self:
        try:
            for site in self._sites:
                self.claims.append(claim_site(self._bucket, site, self._run))
        except BucketError:
            self._give_back(release_site)
            raise
        self._renewing = asyncio.create_task(self._keep_alive())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._renewing is not None:
            self._renewing.cancel()
            with suppress(asyncio.CancelledError):
                await self._renewing
        self._give_back(release_site if kind is None and self.is_finished else leave_site)

    def _give_back(self, end: Callable[[Bucket, Lease], None]) -> None:
        for lease in self.own:
            try:
                end(self._bucket, lease)
            except BucketError as error:  # it runs out by itself
                _log.warning("%s: its lease could not be given back: %s", lease.site, error)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            for lease in self.own:
                try:
                    await asyncio.to_thread(renew_site, self._bucket, lease)
                except BucketError as error:  # there is time for some more tries before it runs out
                    _log.warning("%s: its lease could not be renewed: %s", lease.site, error)


def _holder(bucket: Bucket, site: str) -> str:
    """The run that holds the site's lease; "" if none does."""
    try:
        return _load(bucket.get(layout.lease(site))).run
    except MissingKey:
        return ""


def _lease(site: str, run: str, now: datetime) -> Lease:
    return Lease(
        site=site,
        run=run,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        expires=_text(now + timedelta(seconds=LEASE_SECONDS)),
        process=this_process(),
    )


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _load(data: bytes) -> Lease:
    found = json.loads(data)
    return Lease(**{**found, "left": tuple(found.get("left", ()))})


def _dump(lease: Lease) -> bytes:
    return json.dumps(asdict(lease)).encode()
