"""The command line: ``lrahos demo | ingest | backfill | reextract | extract | language | export | report | sites | deploy``."""

from __future__ import annotations

import difflib
import errno
import os
import signal
import sys
from io import TextIOWrapper
from types import FrameType
from typing import Annotated

import typer
from pydantic import ValidationError

from config.errors import ConfigError
from config.settings import Settings
from connectors.errors import LrahosError
from extractors.records import EXTRACTOR_VERSION
from flows import cli_check, cli_corpus, cli_pages, cli_reextract, cli_report, cli_runs, cli_sites
from flows.console import EXIT_ERROR, EXIT_STOPPED, Stopped, complain, out, warn
from flows.process_end import END_SECONDS, end_within

app = typer.Typer(
    name="lrahos",
    help="News sites in, a clean multilingual article corpus out. Settings are LRAHOS_* variables; see the README.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # standard output, most of all: files say so themselves


def _show_version(wanted: bool) -> None:
    if wanted:
        out.print(f"lrahos {EXTRACTOR_VERSION}")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[  # read by its callback
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end."),
    ] = False,
) -> None:
    _warn_of_unknown_settings()


app.command("demo")(cli_runs.demo)
app.command("ingest")(cli_runs.ingest)
app.command("backfill")(cli_runs.backfill)
app.command("reextract")(cli_reextract.reextract)
app.command("extract")(cli_pages.extract)
app.command("language")(cli_pages.language)
app.command("export")(cli_corpus.export)
app.command("report")(cli_report.report)
app.add_typer(cli_sites.app, name="sites")
app.command("deploy")(cli_runs.deploy)
app.command("check")(cli_check.check)


def _warn_of_unknown_settings() -> None:
    """A misspelt setting must not be ignored in silence."""
    known = {f"LRAHOS_{name.upper()}" for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith("LRAHOS_") and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            warn(f"{name} is no setting of lrahos" + (f"; did you mean {near[0]}?" if near else ""))


def setting_errors(error: ValidationError) -> str:
    """What is wrong with settings or parameters, in one line that says what to change."""
    lines = []
    for found in error.errors():
        name = ".".join(str(part) for part in found["loc"]) or "value"
        if error.title == Settings.__name__:
            name = f"LRAHOS_{name.upper()}"
        lines.append(
            f"{name}: {found['msg']}" + (f" (it is {found['input']!r})" if found["type"] != "missing" else "")
        )
    return "; ".join(lines)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _write_utf8() -> None:
    """Texts are of all languages; standard output has them as files do, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal shows what it can


def _run() -> None:
    try:
        app()
    finally:
        sys.stdout.flush()  # what cannot be written is told of here, not by Python when it ends


def main() -> None:
    """Run the command; an error that we know becomes one line and an exit code that is not 0."""
    _write_utf8()
    signal.signal(signal.SIGTERM, _interrupt)  # leases are given back, as with Ctrl-C
    code = EXIT_ERROR
    try:
        code = _code()
    finally:
        end_within(END_SECONDS, code)  # an error that nobody foresaw must not hang either
    sys.exit(code)


def _code() -> int:
    """What the command's exit code is, once it is run."""
    try:
        _run()
    except SystemExit as error:  # typer's way to end, always
        return error.code if isinstance(error.code, int) else EXIT_ERROR if error.code else 0
    except ValidationError as error:
        complain(setting_errors(error))
    except Stopped as error:
        complain(str(error))
        return EXIT_STOPPED
    except (LrahosError, ConfigError) as error:
        complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has read enough
        return 0
    except OSError as error:
        if error.errno not in _FULL:
            raise
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # nor can the rest be written at the end
        complain(f"cannot write: {error.strerror}")
    return EXIT_ERROR


if __name__ == "__main__":
    main()
