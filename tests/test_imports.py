"""Who may import whom, and what a file in flows/ may be called."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("flows", "extractors", "connectors", "config")
MAY_IMPORT = {
    "extractors": ("extractors",),
    "connectors": ("connectors", "extractors.records", "extractors.identity", "extractors.marks"),
    "config": ("config", "extractors.records"),
    "flows": PACKAGES,
}
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Absolute names of all that a file imports, wherever it does so; and how many dots stood before each."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module or ''}.{alias.name}", node.level


def is_within(name: str, allowed: str) -> bool:
    return name == allowed or name.startswith(f"{allowed}.")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_package_may(path):
    allowed = MAY_IMPORT[path.relative_to(ROOT).parts[0]]
    ours = [name for name, _ in imports_of(path) if name.split(".")[0] in PACKAGES]
    wrong = [name for name in ours if not any(is_within(name, one) for one in allowed)]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_are_absolute(path):
    assert [name for name, dots in imports_of(path) if dots] == []


def test_no_file_in_flows_hides_a_library_or_a_package_of_ours():
    # Prefect puts flows/ first on sys.path: a file there is found before a library of its name
    installed = {name.lower() for name in importlib.metadata.packages_distributions()}
    taken = installed | set(sys.stdlib_module_names) | set(PACKAGES) - {"flows"}
    names = {path.stem if path.is_file() else path.name for path in (ROOT / "flows").iterdir()}
    assert {name for name in names - {"__init__", "__pycache__"} if name.lower() in taken} == set()


def test_the_pure_package_touches_neither_the_network_nor_the_clock():
    worldly = {"socket", "http", "urllib.request", "aiohttp", "httpx", "requests", "boto3", "time"}
    for path in (ROOT / "extractors").rglob("*.py"):
        wrong = [name for name, _ in imports_of(path) if any(is_within(name, one) for one in worldly)]
        assert wrong == [], path


def test_trafilatura_may_look_for_a_socks_library_that_is_not_installed(monkeypatch):
    """It does so when its downloads are first imported, in whichever test that is."""
    monkeypatch.delitem(sys.modules, "urllib3.contrib.socks", raising=False)
    with suppress(ImportError):
        importlib.import_module("urllib3.contrib.socks")
