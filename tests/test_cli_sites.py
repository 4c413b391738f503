"""What `lrahos sites` says of files that people write."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.console import err

WRONG = """
home: https://news.example
feed: [/rss]
limit: many
shedule: ""
nonsense: 1
"""


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.setenv("LRAHOS_SITES_DIR", str(tmp_path))

    def run(**files: str) -> tuple[int, list[str]]:
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        with err.capture() as caught:
            ended = CliRunner().invoke(app, ["sites", "check"])
        return ended.exit_code, [line.replace(f"{tmp_path}/", "") for line in caught.get().splitlines()]

    return run


def test_all_mistakes_of_a_file_are_told_at_once(check):
    code, said = check(wrong=WRONG, good="home: https://good.example\n")
    assert code == 1
    assert len(said) == 5
    assert said[-1] == "1 of 2 site files are good"
    text = "\n".join(said)
    for mistake in (
        "lrahos: wrong.yaml: unknown field 'feed'; did you mean feeds",
        "lrahos: wrong.yaml: limit: ",
        "lrahos: wrong.yaml: unknown field 'shedule'; did you mean schedule?",
        "lrahos: wrong.yaml: unknown field 'nonsense'",
    ):
        assert text.count(mistake) == 1


def test_what_is_no_yaml_is_told_once(check):
    code, said = check(wrong="home: [", good="home: https://good.example\n")
    assert (code, len(said)) == (1, 2)


def test_good_files_are_counted(check):
    assert check(good="home: https://good.example\n") == (0, ["1 of 1 site files are good"])


def test_the_files_that_come_with_lrahos_are_good():
    assert CliRunner().invoke(app, ["sites", "check"]).exit_code == 0
    assert (Path(__file__).parents[1] / "config" / "sites").is_dir()
