"""Commands on site files: list, show, add, check."""

from __future__ import annotations

import asyncio
import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Group, RenderableType
from rich.text import Text

from config.errors import ConfigError
from config.settings import Settings
from config.site import Site, find_site, load_site, load_sites, site_files
from connectors.errors import BadInput
from extractors.records import Article
from flows.console import EXIT_ERROR, complain, counted, err, out, plain_table, print_json, titled

if TYPE_CHECKING:
    from flows.site_adding import SiteLook

app = typer.Typer(
    help="The sites that lrahos knows: list and show them, add one, check their files.",
    invoke_without_command=True,
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
    table = plain_table("site", "title", "languages", "starts at")
    for name, site in sites.items():
        table.add_row(name, site.title, ", ".join(site.languages), _start(site))
    out.print(table)
    err.print(f"{counted(len(sites), 'site')} in {settings.sites_path}")


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="SITE")],
) -> None:
    """Show one site's file as lrahos understands it, as JSON."""
    print_json(_plain(find_site(name, Settings().sites_path)))


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The site's home page, a feed or a sitemap.")],
    name: Annotated[str, typer.Option("--name", help="The file's name; from the host if none.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the file, write nothing.")] = False,
) -> None:
    """Look at a site: find its feeds and sitemaps, try a few stories, write its file."""
    from connectors.web import Web, require_contact
    from flows.rules_of_sites import load_rule_book
    from flows.site_adding import check_name, check_url, default_name, look_at_site
    from flows.web_options import web_options

    check_url(url)
    name = name or default_name(url)
    check_name(name)
    settings = Settings()
    path = settings.sites_path / f"{name}.yaml"
    if path.exists() and not dry_run:
        raise BadInput(f"{path} is there already: remove it, or choose another --name")
    options = web_options(settings)
    require_contact(options, [url])
    rules = load_rule_book(settings).default

    async def look() -> SiteLook:
        async with Web(options) as web:
            return await look_at_site(web, url, name, rules)

    with err.status(f"Looking at {url}"):
        seen = asyncio.run(look())
    out.print(_look_view(seen))
    if dry_run:
        out.print(seen.to_yaml(), end="", markup=False)
        return
    path.write_text(seen.to_yaml(), encoding="utf-8")
    load_site(path)  # proves that what was written can be read
    err.print(f"wrote {path}; crawl it with: lrahos ingest {path.stem}", soft_wrap=True)


@app.command("check")
def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[SITE|FILE]…", help="All sites if none.")
    ] = None,
) -> None:
    """Say all that is wrong with site files; exit code 1 if anything is."""
    folder = Settings().sites_path
    wrong = 0
    paths = [_path_of(name, folder) for name in files or ()] or site_files(folder)
    for path in paths:
        try:
            load_site(path)
        except ConfigError as error:
            wrong += 1
            complain(str(error))
            for line in _further(error):
                complain(f"{path}: {line}")
    err.print(f"{len(paths) - wrong} of {len(paths)} site files are good")
    if wrong:
        raise typer.Exit(EXIT_ERROR)


def _further(error: ConfigError) -> list[str]:
    """The mistakes of a file behind the first, which the error itself tells."""
    if not isinstance(error.__cause__, ValidationError):
        return []
    lines = []
    for mistake in error.__cause__.errors()[1:]:
        field = ".".join(map(str, mistake["loc"]))
        if mistake["type"] == "extra_forbidden":
            near = difflib.get_close_matches(field, Site.model_fields, n=1)
            lines.append(f"unknown field {field!r}" + (f"; did you mean {near[0]}?" if near else ""))
        else:
            lines.append(f"{field}: {mistake['msg'].removeprefix('Value error, ')}")
    return lines


def _look_view(seen: SiteLook) -> RenderableType:
    head = f"{counted(seen.listed, 'story', 'stories')} listed, in {', '.join((*seen.feeds, *seen.sitemaps)) or seen.home}"
    table = plain_table("story", "verdict", "language", "words")
    for verdict in seen.verdicts:
        if isinstance(verdict, Article):
            table.add_row(verdict.title, "article", verdict.language, str(verdict.word_count))
        else:
            table.add_row(verdict.url, f"{verdict.reason}: {verdict.detail}", "", "")
    return Group(titled(head, table), *(Text(problem, style="yellow") for problem in seen.problems))


def _path_of(name: str, folder: Path) -> Path:
    return Path(name) if name.endswith((".yaml", ".yml")) or "/" in name else folder / f"{name}.yaml"


def _start(site: Site) -> str:
    return next(iter((site.home, *site.feeds, *site.sitemaps, *site.sections, *site.urls)), "")


def _plain(site: Site) -> dict[str, Any]:
    return site.model_dump(mode="json")
