"""What Prefect loads by path: every entry of prefect.yaml, with parameters that refuse what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from prefect.exceptions import ParameterTypeError
from prefect.flows import Flow, load_flow_from_entrypoint

ROOT = Path(__file__).parents[1]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.fixture(autouse=True)
def _as_prefect_runs_it(monkeypatch):
    monkeypatch.chdir(ROOT)


def flow_of(deployment: dict) -> Flow:
    # the default would give a placeholder where the file cannot be imported
    return load_flow_from_entrypoint(deployment["entrypoint"], use_placeholder_flow=False)


@pytest.fixture
def ingest() -> Flow:
    return load_flow_from_entrypoint("flows/ingest.py:ingest", use_placeholder_flow=False)


@pytest.fixture
def backfill() -> Flow:
    return load_flow_from_entrypoint("flows/backfill.py:backfill", use_placeholder_flow=False)


@pytest.fixture
def reextract() -> Flow:
    return load_flow_from_entrypoint("flows/reextract.py:reextract", use_placeholder_flow=False)


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_a_deployed_flow_loads_from_its_entrypoint(deployment):
    flow = flow_of(deployment)
    assert flow.name == deployment["entrypoint"].rpartition(":")[2]
    assert flow.description


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_a_deployments_own_parameters_are_good(deployment):
    flow = flow_of(deployment)
    if not any(name in flow.parameters.required for name in deployment.get("parameters", {})):
        return
    flow.validate_parameters(deployment["parameters"])


def test_deployments_have_names_of_their_own():
    names = [(deployment["entrypoint"], deployment["name"]) for deployment in DEPLOYMENTS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "wrong",
    [
        {"urls": ["ftp://news.example/"]},
        {"urls": ["not a URL"]},
        {"urls": "https://news.example/"},
        {"sites": ["../../etc/passwd"]},
        {"sites": [""]},
        {"limit": 0},
        {"limit": "many"},
        {"since": "yesterday"},
    ],
    ids=str,
)
def test_a_crawl_refuses_parameters_that_are_wrong(ingest, wrong):
    with pytest.raises(ParameterTypeError):
        ingest.validate_parameters({"sites": [], "urls": [], "limit": None, "since": None, **wrong})


@pytest.mark.parametrize(
    "wrong", [{"files": []}, {"files": 3}, {"files": ["a"], "again": "perhaps"}], ids=str
)
def test_a_backfill_refuses_parameters_that_are_wrong(backfill, wrong):
    with pytest.raises(ParameterTypeError):
        backfill.validate_parameters({"keep_raw": True, "again": False, **wrong})


@pytest.mark.parametrize(
    "wrong",
    [{"sites": ["../x"]}, {"sites": "valley"}, {"since": "yesterday"}, {"publish": "perhaps"}],
    ids=str,
)
def test_a_reextraction_refuses_parameters_that_are_wrong(reextract, wrong):
    with pytest.raises(ParameterTypeError):
        reextract.validate_parameters({"sites": [], "since": None, "publish": False, **wrong})


def test_good_parameters_arrive_as_what_they_are(ingest):
    given = {"sites": ["valley"], "urls": ["https://news.example/"], "limit": "5", "since": "2026-11-24"}
    found = ingest.validate_parameters(given)
    assert found["limit"] == 5
    assert found["since"].isoformat() == "2026-11-24"


def test_a_server_can_show_and_check_the_parameters(ingest, backfill, reextract):
    crawl = ingest.parameters.properties
    assert crawl["urls"]["items"]["pattern"] == r"^https?://[^\s/]+"
    assert crawl["limit"]["anyOf"][0] == {"minimum": 1, "type": "integer"}
    assert backfill.parameters.required == ["files"]
    assert backfill.parameters.properties["files"]["minItems"] == 1
    for properties in (crawl, backfill.parameters.properties, reextract.parameters.properties):
        assert all(one.get("description") for one in properties.values())
