"""Where everything lies in the bucket."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import layout
from connectors.bucket import checked_key

# A busy machine is no failure.
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))

WHERE = {"date": "2026-11-24", "name": "azatutyun", "run": "r1", "batch": 7}


def test_every_key_is_where_the_design_has_it():
    assert layout.articles_shard(language="hy", **WHERE) == (
        "articles/language=hy/date=2026-11-24/azatutyun-r1-000007.parquet"
    )
    assert layout.rejected_shard(**WHERE) == "rejected/date=2026-11-24/azatutyun-r1-000007.parquet"
    assert layout.raw_shard(site="a", date="2026-11-24", run="r1", batch=7) == (
        "raw/site=a/date=2026-11-24/r1-000007.warc.gz"
    )
    assert layout.frontier("a") == "sites/a/frontier.parquet"
    assert layout.lease("a") == "sites/a/lease.json"
    assert layout.profile("a") == "sites/a/profile.json"
    assert layout.plan("r1") == "runs/r1/plan.json"
    assert layout.marker("r1", 7) == "runs/r1/batches/000007.json"
    assert layout.manifest("r1") == "runs/r1/manifest.parquet"
    assert layout.report("r1") == "runs/r1/report.json"


def test_the_language_can_be_read_off_a_shard():
    assert layout.language_of(layout.articles_shard(language="zh-Hant", **WHERE)) == "zh-Hant"
    assert layout.language_of(layout.rejected_shard(**WHERE)) == ""
    assert layout.language_of(layout.articles_shard(language="", **WHERE)) == "und"


@PATIENT
@given(st.text(max_size=200))
def test_any_name_makes_a_key(name):
    safe = layout.safe_name(name)
    assert "/" not in safe
    assert layout.safe_name(safe) == safe
    for key in (
        layout.raw_shard(site=name, date=name, run=name, batch=1),
        layout.articles_shard(language=name, date=name, name=name, run=name, batch=1),
        layout.marker(name, 1),
        layout.lease(name),
    ):
        assert checked_key(key) == key


@pytest.mark.parametrize(
    ("one", "other"), [("a b", "a-b"), ("a/b", "a b"), ("ա", "բ"), ("", "."), ("x" * 81, "x" * 82)]
)
def test_names_that_differ_stay_apart(one, other):
    assert layout.safe_name(one) != layout.safe_name(other)


def test_batches_sort_as_numbers_do():
    keys = [layout.marker("r", number) for number in (2, 10, 100, 99_999)]
    assert keys == sorted(keys)
