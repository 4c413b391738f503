"""Commands on site files: list, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

from config.errors import ConfigError
from config.settings import Settings
from config.site import Site, find_site, load_site, load_sites, site_files
from flows.console import EXIT_ERROR, complain, err, out, print_json

app = typer.Typer(
    help="The sites that lrahos knows: list them, check their files.", invoke_without_command=True
)


@app.callback()
def _default(context: typer.Context) -> None:
    """List the sites if nothing else is asked for."""
    if context.invoked_subcommand is None:
        list_sites()


@app.command("list")
def list_sites(
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List the sites: where they start, what languages they publish in."""
    settings = Settings()
    sites = load_sites(settings.sites_path)
    if as_json:
        print_json([_plain(site) for site in sites.values()])
        return
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("site", "title", "languages", "starts at"):
        table.add_column(column, overflow="fold")
    for name, site in sites.items():
        table.add_row(name, site.title, ", ".join(site.languages), _start(site))
    out.print(table)
    err.print(f"{len(sites)} sites in {settings.sites_path}")


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="SITE")],
) -> None:
    """Show one site's file as lrahos understands it, as JSON."""
    print_json(_plain(find_site(name, Settings().sites_path)))


@app.command("check")
def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[SITE|FILE]…", help="All sites if none.")
    ] = None,
) -> None:
    """Say what is wrong with site files; exit code 1 if anything is."""
    folder = Settings().sites_path
    wrong = 0
    paths = [_path_of(name, folder) for name in files or ()] or site_files(folder)
    for path in paths:
        try:
            load_site(path)
        except ConfigError as error:
            wrong += 1
            complain(str(error))
    err.print(f"{len(paths) - wrong} of {len(paths)} site files are good")
    if wrong:
        raise typer.Exit(EXIT_ERROR)


def _path_of(name: str, folder: Path) -> Path:
    return Path(name) if name.endswith((".yaml", ".yml")) or "/" in name else folder / f"{name}.yaml"


def _start(site: Site) -> str:
    return next(iter((site.home, *site.feeds, *site.sitemaps, *site.sections, *site.urls)), "")


def _plain(site: Site) -> dict[str, Any]:
    return site.model_dump(mode="json")
