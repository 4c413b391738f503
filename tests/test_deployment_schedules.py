"""Site files' schedules as deployments."""

from __future__ import annotations

from config.site import Site
from flows.deployments import with_site_schedules

PROJECT = {
    "deployments": [
        {"name": "scheduled", "entrypoint": "flows/ingest.py:ingest", "schedules": [{"cron": "17 * * * *"}]},
        {"name": "manual", "entrypoint": "flows/ingest.py:ingest"},
    ]
}


def site(schedule: str) -> Site:
    return Site(home="https://news.example/", schedule=schedule)


def crons(project):
    return {
        one["name"]: (
            [schedule["cron"] for schedule in one.get("schedules", ())],
            one.get("parameters", {}).get("sites"),
        )
        for one in project["deployments"]
    }


def test_sites_without_a_schedule_of_their_own_change_nothing():
    assert with_site_schedules(PROJECT, {"a": site("")}) == PROJECT


def test_sites_of_one_schedule_share_a_deployment_and_leave_the_common_one():
    sites = {"a": site(""), "b": site("*/5 * * * *"), "c": site("0 6 * * *"), "d": site("*/5 * * * *")}
    assert crons(with_site_schedules(PROJECT, sites)) == {
        "scheduled": (["17 * * * *"], ["a"]),
        "scheduled-1": (["*/5 * * * *"], ["b", "d"]),
        "scheduled-2": (["0 6 * * *"], ["c"]),
        "manual": ([], None),
    }


def test_where_every_site_has_its_own_the_common_schedule_rests():
    found = crons(with_site_schedules(PROJECT, {"a": site("*/5 * * * *")}))
    assert found["scheduled"] == ([], [])
