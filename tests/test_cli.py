"""Mistakes of users: one clear line each, an exit code that is not 0, nothing half written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import CommandLine, Ended, plain_environment
from made_pages import story, warc_of
from servers import S3Server, free_port, moto_server

WORDS = "A page. " * 3


@pytest.fixture
def lrahos(tmp_path: Path) -> CommandLine:
    settings = {
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "LRAHOS_BUCKET": f"file:{tmp_path / 'bucket'}",
        "LRAHOS_JOBS": "1",
    }
    return CommandLine(folder=tmp_path, settings=settings)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(warc_of([story(1)]))
    return path


@pytest.fixture(scope="module")
def moto() -> Iterator[S3Server]:
    with moto_server() as server:
        yield server


def complaint(ended: Ended, code: int = 1) -> str:
    """The one line that explains why the command ended."""
    assert ended.code == code
    assert ended.out == ""
    assert "Traceback" not in ended.err
    lines = [line for line in ended.err.splitlines() if line.strip()]
    assert len(lines) == 1, ended.err
    return lines[0].removeprefix("lrahos: ")


def assert_untouched(lrahos: CommandLine) -> None:
    """Neither a bucket nor a Prefect folder was made."""
    left = sorted(path.name for path in lrahos.folder.rglob("*") if path.is_file())
    assert [name for name in left if name not in ("pages.warc.gz", "broken.yaml")] == []


def test_a_bucket_of_an_unknown_kind(lrahos, archive):
    said = complaint(lrahos.run("backfill", archive, LRAHOS_BUCKET="ftp://here"))
    assert said == "bucket 'ftp://here' is neither file:DIR nor s3://BUCKET/PREFIX"
    assert_untouched(lrahos)


def test_a_bucket_folder_that_cannot_be_made(lrahos, archive):
    (lrahos.folder / "bucket").write_text("a file is in the way")
    said = complaint(lrahos.run("backfill", archive))
    assert str(lrahos.folder / "bucket") in said


def test_a_wrong_secret(lrahos, archive, moto):
    moto.make_bucket("closed")
    wrong = {**moto.environment, "AWS_SECRET_ACCESS_KEY": "not-it", "LRAHOS_BUCKET": "s3://closed/news"}
    said = complaint(lrahos.run("backfill", archive, **wrong))
    assert "s3://closed" in said
    assert "the secret key is wrong" in said
    assert_untouched(lrahos)


def test_a_bucket_that_is_not_there(lrahos, archive, moto):
    said = complaint(lrahos.run("backfill", archive, **moto.environment, LRAHOS_BUCKET="s3://nowhere/news"))
    assert "nowhere" in said
    assert_untouched(lrahos)


def test_a_store_that_does_not_answer(lrahos, archive, moto):
    gone = {**moto.environment, "LRAHOS_S3_ENDPOINT": f"http://127.0.0.1:{free_port()}"}
    said = complaint(lrahos.run("backfill", archive, **gone, LRAHOS_BUCKET="s3://news"))
    assert gone["LRAHOS_S3_ENDPOINT"] in said
    assert "LRAHOS_S3_ENDPOINT" in said


def test_a_store_with_no_credentials(lrahos, archive, moto):
    environment = {name: value for name, value in moto.environment.items() if "KEY" not in name}
    said = complaint(lrahos.run("backfill", archive, **environment, LRAHOS_BUCKET="s3://news"))
    assert "AWS_ACCESS_KEY_ID" in said


@pytest.mark.parametrize("command", [("export", "out.jsonl"), ("report",), ("check",)])
def test_reading_commands_complain_of_the_bucket_likewise(lrahos, moto, command):
    said = complaint(lrahos.run(*command, **moto.environment, LRAHOS_BUCKET="s3://nowhere/news"))
    assert "nowhere" in said
    assert not (lrahos.folder / "out.jsonl").exists()


def test_an_archive_that_is_not_there(lrahos):
    said = complaint(lrahos.run("backfill", "missing.warc.gz"))
    assert "missing.warc.gz" in said


@pytest.mark.parametrize("name", ["junk.warc", "junk.warc.gz", "junk.jsonl"])
def test_an_archive_that_holds_nothing_readable(lrahos, tmp_path, name):
    (tmp_path / name).write_bytes(b"no archive\n" * 9)
    assert complaint(lrahos.run("backfill", name)).startswith(f"{name}: no")


def test_such_an_archive_in_a_folder(lrahos, tmp_path, archive):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "junk.warc").write_bytes(b"no archive")
    (tmp_path / "folder" / "page.html").write_text(story(1).html, encoding="utf-8")
    ended = lrahos.run("backfill", "folder", "--json")
    assert ended.code == 0
    (warning,) = ended.json["warnings"]
    assert warning == "folder/junk.warc: not the beginning of a WARC record"
    assert sum(ended.json["languages"].values()) == 1


def test_a_page_that_is_not_there(lrahos):
    assert "missing.html" in complaint(lrahos.run("extract", "missing.html"))


def test_an_export_where_nothing_can_be_written(lrahos):
    said = complaint(lrahos.run("export", "no/such/folder/out.jsonl"))
    assert "no/such/folder/out.jsonl" in said


def test_a_parquet_export_to_standard_output(lrahos):
    assert "FILE" in complaint(lrahos.run("export", "--format", "parquet", "-"))


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_day_that_is_none(lrahos, option):
    said = complaint(lrahos.run("export", "-", option, "24.11.2026"))
    assert said == f"{option} 24.11.2026 is no day: write it as 2026-11-24"


@pytest.mark.parametrize("spelling", ["20261110", "2026-W46-2"])
def test_a_day_in_another_iso_form_is_compared_as_a_day(lrahos, tmp_path, spelling):
    page = tmp_path / "page.html"
    page.write_text(story(11).html, encoding="utf-8")  # of 12 November
    assert lrahos.run("backfill", page).code == 0
    assert lrahos.run("export", "-", "--since", spelling).out.count("\n") == 1
    assert lrahos.run("export", "-", "--until", spelling).out == ""


def test_days_the_wrong_way_round(lrahos):
    said = complaint(lrahos.run("export", "-", "--since", "2026-11-20", "--until", "2026-11-10"))
    assert said == "--since 2026-11-20 is after --until 2026-11-10: no day is between them"


def test_other_peoples_sites_without_a_contact(lrahos):
    said = complaint(lrahos.run("ingest", "https://news.example/"))
    assert "LRAHOS_CONTACT" in said
    assert_untouched(lrahos)


@pytest.mark.parametrize("address", ["https:///path", "http://[::1", "ftp://news.example/"])
def test_an_address_that_is_none(lrahos, address):
    said = complaint(lrahos.run("ingest", address, LRAHOS_CONTACT="me@news.example"))
    assert said == f"{address} is no URL of a page: write it as https://host/path"
    assert_untouched(lrahos)


def test_a_page_whose_address_is_none(lrahos):
    said = complaint(lrahos.run("extract", "http://[::1"))
    assert said == "http://[::1 is no URL of a page: write it as https://host/path"


def test_an_address_that_is_too_long(lrahos):
    said = complaint(lrahos.run("ingest", f"https://news.example/{'a' * 2000}"))
    assert said.endswith(" is no URL of a page: it is too long")


def test_a_scheme_in_capitals_is_one(lrahos):
    said = complaint(lrahos.run("ingest", "HTTPS://news.example/"))
    assert "LRAHOS_CONTACT" in said
    ended = lrahos.run("ingest", "--dry-run", "--json", f"HTTP://127.0.0.1:{free_port()}/story")
    assert ended.code == 0
    assert [found["url"][:7] for found in ended.json["urls"]] == ["http://"]


def test_a_site_file_that_is_wrong(lrahos, tmp_path):
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "broken.yaml").write_text("home: https://news.example\nfeed: [/rss]\n", encoding="utf-8")
    ended = lrahos.run("ingest", LRAHOS_SITES_DIR=str(sites), LRAHOS_CONTACT="me@news.example")
    said = complaint(ended)
    assert "broken.yaml" in said
    assert "did you mean feeds" in said
    assert_untouched(lrahos)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LRAHOS_JOBS", "many"),
        ("LRAHOS_BATCH_PAGES", "0"),
        ("LRAHOS_DELAY_SECONDS", "-1"),
        ("LRAHOS_CONTACT", "me"),
        ("LRAHOS_PROXY", "127.0.0.1:8080"),
        ("LRAHOS_PROXY", "socks5://127.0.0.1:1080"),
        ("LRAHOS_S3_ENDPOINT", "localhost:9000"),
    ],
)
def test_a_setting_that_is_wrong(lrahos, archive, name, value):
    said = complaint(lrahos.run("backfill", archive, **{name: value}))
    assert said.startswith(f"{name}: ")
    assert value in said
    assert_untouched(lrahos)


def test_a_setting_that_is_misspelt_is_warned_of(lrahos):
    ended = lrahos.run("export", "-", LRAHOS_BUKET="file:elsewhere")
    assert ended.code == 0
    assert ended.complaints == ["lrahos: LRAHOS_BUKET is no setting of lrahos; did you mean LRAHOS_BUCKET?"]


@pytest.mark.parametrize(
    "words", [("backfill", "--agian", "x"), ("backfill",), ("ingset",), ("ingest", "--limit", "0")]
)
def test_an_option_or_command_that_is_none(lrahos, words):
    ended = lrahos.run(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert "Usage: " in ended.err
    assert_untouched(lrahos)


def test_a_prefect_server_that_does_not_answer(lrahos, archive):
    address = f"http://127.0.0.1:{free_port()}/api"
    said = complaint(lrahos.run("backfill", archive, PREFECT_API_URL=address))
    assert address in said


def test_deploying_without_a_server(lrahos):
    assert "PREFECT_API_URL" in complaint(lrahos.run("deploy"))


def test_a_report_of_a_bucket_without_runs(lrahos):
    assert "no run has ended" in complaint(lrahos.run("report"))


def test_a_list_of_no_runs_says_so(lrahos):
    ended = lrahos.run("report", "--list")
    assert (ended.code, ended.out) == (0, "")
    assert "no run has ended" in ended.err


def test_a_report_of_a_run_that_is_none(lrahos):
    said = complaint(lrahos.run("report", "backfill-none"))
    assert said.startswith("no run backfill-none has ended in ")
    assert "report --list" in said


@pytest.mark.parametrize("address", ["news.example", "ftp://news.example/", "https:///", "http://[::1"])
def test_a_site_to_add_that_is_no_address(lrahos, address):
    said = complaint(lrahos.run("sites", "add", address, "--dry-run"))
    assert said == f"{address} is no URL of a site: write it as https://host/"


@pytest.mark.parametrize(
    ("name", "said"),
    [("AP News", ": say ap-news"), ("../news", ": say news"), ("a/b", ": say a-b"), ("լուր", "")],
)
def test_a_name_that_no_site_file_can_have(lrahos, tmp_path, name, said):
    (tmp_path / "sites").mkdir()
    ended = lrahos.run("sites", "add", "https://news.example", "--name", name, LRAHOS_SITES_DIR="sites")
    assert complaint(ended) == f"{name!r} is no name for a site{said}"
    assert list(tmp_path.rglob("*.yaml")) == []


def test_authorities_that_cannot_be_read_are_found_by_check(lrahos):
    assert "LRAHOS_CA_BUNDLE=missing.pem" in complaint(lrahos.run("check", LRAHOS_CA_BUNDLE="missing.pem"))


def test_texts_are_utf8_whatever_the_locale_says(lrahos, tmp_path):
    (tmp_path / "page.html").write_text(story(1).html.replace("</p>", " «Լրահոս»</p>"), encoding="utf-8")
    for words in (("extract", "page.html", "--markdown"), ("extract", "page.html")):
        assert "«Լրահոս»" in lrahos.run(*words, PYTHONIOENCODING="latin-1").out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output(lrahos, tmp_path):
    (tmp_path / "page.html").write_text(story(1).html, encoding="utf-8")
    script = f"exec {sys.executable} -m flows.cli extract page.html --markdown > /dev/full"
    ended = subprocess.run(
        ["/bin/sh", "-c", script],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=plain_environment(),
    )
    assert ended.returncode == 1
    assert ended.stderr == "lrahos: cannot write: No space left on device\n"


def test_a_page_that_is_no_article_has_an_exit_code_of_its_own(lrahos, tmp_path):
    (tmp_path / "page.html").write_text(f"<html><body><p>{WORDS}</p></body></html>", encoding="utf-8")
    ended = lrahos.run("extract", "page.html", "--json")
    assert ended.code == 3
    assert ended.json["kind"] == "rejection"


def test_an_article_is_extracted_from_a_file(lrahos, tmp_path):
    made = story(1)
    (tmp_path / "page.html").write_text(made.html, encoding="utf-8")
    ended = lrahos.run("extract", "page.html", "--json", "--url", made.url)
    assert ended.code == 0
    assert ended.json["title"] == made.title
    assert ended.json["url"] == made.url
    assert "cuts" in ended.json


def test_an_empty_bucket_is_exported_as_an_empty_file(lrahos, tmp_path):
    ended = lrahos.run("export", "out.jsonl")
    assert ended.code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_everything_is_checked_in_a_moment(lrahos):
    ended = lrahos.run("check", "--json")
    assert ended.code == 0
    assert ended.json["conditional_writes"] is True
    assert list((lrahos.folder / "bucket").rglob("*.json")) == []
