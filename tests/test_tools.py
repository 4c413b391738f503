"""The scripts in tools/ and benchmarks/: what they need, and that asking for help is all that --help does."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = sorted((ROOT / "tools").glob("*.py"))
BENCHMARKS = ROOT / "tests" / "benchmarks"
RUN = [path for path in TOOLS if 'if __name__ == "__main__":' in path.read_text("utf-8")]
NEEDING = ["train_blocks", "evaluate_blocks", "fit_language_votes"]
OURS = {"flows", "extractors", "connectors", "config", *(path.stem for path in TOOLS)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Runs a script where some modules cannot be found.
_HIDING = """
import runpy, sys
from importlib.machinery import PathFinder
find, hidden, path = PathFinder.find_spec, sys.argv[1].split(","), sys.argv[2]
PathFinder.find_spec = classmethod(lambda cls, name, *more: None if name in hidden else find(name, *more))
sys.argv = sys.argv[2:]
sys.path.insert(0, path.rpartition("/")[0])
runpy.run_path(path, run_name="__main__")
"""


class Ended(NamedTuple):
    code: int
    out: str
    err: str


def run(*words: str | Path) -> Ended:
    ended = subprocess.run(
        [sys.executable, *map(str, words)], check=False, capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def names_of(requirements: list[str]) -> set[str]:
    """Of requirements ("a[b]>=1; python_version < '3'") the names, as package indexes fold them."""
    bare = (entry.split(";")[0].split("[")[0] for entry in requirements)
    return {name.split(">")[0].split("=")[0].split("<")[0].strip().lower().replace("_", "-") for name in bare}


def imported_by(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    "path",
    [*RUN, BENCHMARKS / "benchmark_web.py", BENCHMARKS / "benchmark_bucket.py"],
    ids=lambda path: path.stem,
)
def test_asked_for_help_a_script_gives_it_and_does_nothing_else(path):
    written = [ROOT / "docs" / "schema.md", *(ROOT / "config" / "sites").glob("*.yaml")]
    before = [file.stat().st_mtime_ns for file in written]
    ended = run(path, "--help")
    assert "Traceback" not in ended.err
    assert ended.out.startswith("usage: ") or "pip install" in ended.err
    assert [file.stat().st_mtime_ns for file in written] == before


@pytest.mark.parametrize("words", [(), ("--help",)], ids=["run", "help"])
def test_a_tool_without_its_packages_says_in_one_line_what_to_install(words):
    path = ROOT / "tools" / "train_blocks.py"
    ended = run("-c", _HIDING, "lightgbm,tldextract", path, *words)
    assert ended.code == 1
    assert (
        ended.err == f"{path} needs lightgbm and tldextract: pip install -c constraints.txt -e '.[train]'\n"
    )
    assert ended.out.startswith("Train the block model") is bool(words)


@pytest.mark.parametrize("name", NEEDING)
def test_each_tool_looks_for_all_that_it_needs(name, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from training_packages import PACKAGES

    needed, seen, waiting = set(), set(), [name]
    while waiting:  # what its modules import counts too
        stem = waiting.pop()
        seen.add(stem)
        found = imported_by(ROOT / "tools" / f"{stem}.py")
        needed |= found & set(PACKAGES)
        waiting += [one for one in found if (ROOT / "tools" / f"{one}.py").exists() and one not in seen]
    assert needed
    ended = run("-c", _HIDING, ",".join(needed), ROOT / "tools" / f"{name}.py")
    assert all(PACKAGES[module] in ended.err for module in needed)
    assert ended.err.count("\n") == 1


def test_whatever_a_tool_imports_is_a_dependency_or_of_the_extra_for_training(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from training_packages import PACKAGES

    listed = names_of([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["train"]])
    imported = set().union(*map(imported_by, TOOLS)) - set(sys.stdlib_module_names) - OURS
    installed = packages_distributions()
    for module in imported:
        package = PACKAGES.get(module) or installed[module][0]
        assert package.lower().replace("_", "-") in listed, module


def test_the_extra_for_training_has_exact_versions_too():
    constraints = names_of((ROOT / "constraints.txt").read_text("utf-8").splitlines())
    assert names_of(PROJECT["optional-dependencies"]["train"]) <= constraints
