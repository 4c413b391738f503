"""Who may work on a site, and what the dead leave behind."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from command_line import plain_environment

from connectors import layout
from connectors.bucket import open_bucket
from connectors.errors import BucketRefused
from flows import leases
from flows.leases import Lease, SiteLeases, claim_site, leave_site, release_site, renew_site
from flows.processes import is_gone, this_process

NOW = datetime.now(UTC)


@pytest.fixture
def bucket(tmp_path):
    return open_bucket(f"file:{tmp_path}")


def stored(bucket, site="news"):
    return json.loads(bucket.get(layout.lease(site)))


def hold(bucket, *, minutes, process="", run="ingest-other", left=()):
    lease = Lease(
        site="news",
        run=run,
        owner="elsewhere:1",
        expires=(datetime.now(UTC) + timedelta(minutes=minutes)).isoformat(),
        process=process,
        left=left,
    )
    bucket.put(layout.lease("news"), leases._dump(lease))
    return lease


@pytest.fixture(scope="module")
def dead_process():
    """The name of a process that was."""
    code = "from flows.processes import this_process; print(this_process())"
    done = subprocess.run(
        [sys.executable, "-c", code], env=plain_environment(), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_free_site_is_taken_and_given_back(bucket):
    claim = claim_site(bucket, "news", "ingest-1")
    assert claim.is_ours
    assert stored(bucket)["run"] == "ingest-1"
    release_site(bucket, claim.lease)
    assert not bucket.exists(layout.lease("news"))


def test_a_living_run_keeps_its_site(bucket):
    held = hold(bucket, minutes=5)
    claim = claim_site(bucket, "news", "ingest-1")
    assert not claim.is_ours
    assert claim.lease == held
    assert stored(bucket)["run"] == "ingest-other"


def test_a_lease_that_ran_out_is_taken_over_with_what_it_leaves(bucket):
    hold(bucket, minutes=-1)
    claim = claim_site(bucket, "news", "ingest-1")
    assert claim.is_ours
    assert claim.lease.left == ("ingest-other",)


def test_what_the_dead_had_to_finish_is_passed_on(bucket):
    hold(bucket, minutes=-1, left=("ingest-first",))
    assert claim_site(bucket, "news", "ingest-1").lease.left == ("ingest-first", "ingest-other")


def test_a_run_whose_process_is_gone_is_dead_at_once(bucket, dead_process):
    hold(bucket, minutes=5, process=dead_process)
    assert claim_site(bucket, "news", "ingest-1").is_ours


def test_a_run_whose_process_lives_keeps_its_site(bucket):
    hold(bucket, minutes=5, process=this_process())
    assert not claim_site(bucket, "news", "ingest-1").is_ours


def test_of_several_that_take_over_one_wins(bucket):
    from concurrent.futures import ThreadPoolExecutor

    hold(bucket, minutes=-1)
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda number: claim_site(bucket, "news", f"ingest-{number}"), range(8)))
    assert sum(claim.is_ours for claim in claims) == 1


def test_a_lease_that_somebody_took_over_stays_theirs(bucket):
    ours = claim_site(bucket, "news", "ingest-1").lease
    theirs = hold(bucket, minutes=5)
    for end in (release_site, leave_site, renew_site):
        end(bucket, ours)
        assert stored(bucket)["run"] == theirs.run
        assert stored(bucket)["expires"] == theirs.expires


def test_renewing_puts_the_end_off(bucket):
    ours = claim_site(bucket, "news", "ingest-1").lease
    old = replace(ours, expires=NOW.isoformat())
    bucket.put(layout.lease("news"), leases._dump(old))
    renew_site(bucket, old)
    assert datetime.fromisoformat(stored(bucket)["expires"]) > NOW + timedelta(minutes=5)


async def test_leases_are_renewed_while_the_run_lives(bucket, monkeypatch):
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.01)
    async with SiteLeases(bucket, ["news"], "ingest-1") as held:
        hold(bucket, minutes=1, run="ingest-1")
        before = stored(bucket)["expires"]
        async with asyncio.timeout(60):  # for ever, if nobody renews
            while stored(bucket)["expires"] == before:
                await asyncio.sleep(0.01)
        held.is_finished = True


async def test_a_run_that_ends_well_gives_its_leases_back(bucket):
    async with SiteLeases(bucket, ["news", "post"], "ingest-1") as held:
        assert {lease.site for lease in held.own} == {"news", "post"}
        held.is_finished = True
    assert list(bucket.list_keys("sites/")) == []


async def test_a_run_that_fails_leaves_its_plan_to_the_next(bucket):
    async def fail():
        async with SiteLeases(bucket, ["news"], "ingest-1") as held:
            held.is_finished = True
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert claim_site(bucket, "news", "ingest-2").lease.left == ("ingest-1",)


async def test_a_run_with_work_left_leaves_it_to_the_next(bucket):
    async with SiteLeases(bucket, ["news"], "ingest-1"):
        pass
    assert claim_site(bucket, "news", "ingest-2").lease.left == ("ingest-1",)


async def test_a_bucket_that_fails_at_the_end_does_not_hide_how_the_run_ended(bucket, monkeypatch):
    def refuse(*_):
        raise BucketRefused("the store is down")

    async with SiteLeases(bucket, ["news"], "ingest-1") as held:
        held.is_finished = True
        monkeypatch.setattr(type(bucket), "get", refuse)


async def test_a_bucket_that_fails_between_two_claims_keeps_no_lease(bucket, monkeypatch):
    claim = leases.claim_site

    def refuse_second(held, site, run):
        if site == "post":
            raise BucketRefused("the store is down")
        return claim(held, site, run)

    monkeypatch.setattr(leases, "claim_site", refuse_second)
    with pytest.raises(BucketRefused):
        await SiteLeases(bucket, ["news", "post"], "ingest-1").__aenter__()
    assert list(bucket.list_keys("sites/")) == []


def test_a_process_is_gone_when_it_has_ended_and_not_before(dead_process):
    assert is_gone(dead_process)
    assert not is_gone(this_process())


@pytest.mark.parametrize("name", ["", "nonsense", "another-boot pid:[4026531836] 1 1"])
def test_of_processes_elsewhere_nothing_is_known(name):
    assert not is_gone(name)


def test_a_new_process_with_an_old_number_is_another_one():
    assert is_gone(f"{this_process().rpartition(' ')[0]} 1")
