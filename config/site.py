"""A publication and how to crawl it: one YAML file a site, the file's stem its name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from config.errors import ConfigError
from extractors.records import LiveBlogs

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")  # part of keys in the bucket
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_CRON_FIELD = re.compile(r"[0-9A-Za-z*/,\-#?]+")
_MAX_BASES = 3  # of one site; more is a circle
_START_LISTS = ("sections", "feeds", "sitemaps", "urls")


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}: {pattern!r}") from error
    return pattern


def _check_language(language: str) -> str:
    if not _LANGUAGE.fullmatch(language):
        raise ValueError(f"{language!r} is no language tag; write it like hy, sr-Latn or pt-BR")
    return language


def _refuse_booleans(value: object) -> object:
    """YAML 1.1 reads Norwegian's tag as false."""
    if isinstance(value, bool):
        raise ValueError("YAML reads this as true or false; put it in quotes: 'no'")
    return value


def _check_cron(schedule: str) -> str:
    fields = schedule.split()
    if schedule and (len(fields) != 5 or not all(_CRON_FIELD.fullmatch(one) for one in fields)):
        raise ValueError(f"{schedule!r} is no cron line; write five fields like '0 */2 * * *'")
    return schedule


def _check_id_pattern(pattern: str) -> str:
    if pattern and re.compile(_check_pattern(pattern)).groups < 1:
        raise ValueError("put parentheses round the part that is the story's id")
    return pattern


def _check_port(port: int) -> int:
    if not 1 <= port <= 65535:
        raise ValueError("a port is a number from 1 to 65535")
    return port


Pattern = Annotated[str, AfterValidator(_check_pattern)]
Language = Annotated[str, BeforeValidator(_refuse_booleans), AfterValidator(_check_language)]


class Site(BaseModel):
    """What people write about a site. Start points may be paths: they are taken from ``home``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""  # the file's stem
    title: str = ""  # for people
    home: str = ""  # the page whose links, feeds and sitemaps are looked for
    sections: tuple[str, ...] = ()  # pages whose story links are followed
    feeds: tuple[str, ...] = ()  # RSS, Atom, JSON Feed
    sitemaps: tuple[str, ...] = ()  # sitemaps and indexes
    urls: tuple[str, ...] = ()  # stories named one by one
    allow: tuple[Pattern, ...] = ()  # one must be found in a story's URL, if there are any
    deny: tuple[Pattern, ...] = ()  # none may be found in it
    languages: tuple[Language, ...] = ()  # what the site publishes in
    refuse_other_languages: bool = False  # reject pages in any other language
    delay_seconds: float | None = Field(default=None, ge=0, le=3600)  # None: LRAHOS_DELAY_SECONDS
    limit: int | None = Field(default=None, ge=1)  # stories a run, the newest; None: all
    schedule: Annotated[str, AfterValidator(_check_cron)] = ""  # cron, for deployments; "": by hand only
    story_id_pattern: Annotated[str, AfterValidator(_check_id_pattern)] = ""  # first group: the story's id
    debris: tuple[str, ...] = ()  # phrases of this site that are no text of its articles
    live_blogs: LiveBlogs | None = None  # "keep" or "refuse"; None: LRAHOS_LIVE_BLOGS
    obey_opt_outs: bool = True  # keep no page that asks for it: noai, tdm-reservation; noindex always counts
    render: bool = False  # draw its pages with a browser before they are judged: needs lrahos[render]
    ports: tuple[Annotated[int, AfterValidator(_check_port)], ...] = ()  # besides 80 and 443

    @model_validator(mode="after")
    def _check_starts(self) -> Site:
        starts = [("home", self.home)] if self.home else []
        starts += [(kind, url) for kind in _START_LISTS for url in getattr(self, kind)]
        if not starts:
            raise ValueError("no start point: write home, sections, feeds, sitemaps or urls")
        for kind, url in starts:
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError(f"{kind}: {url!r} is no URL; write it with https://, or set home")
        return self

    @property
    def phrases(self) -> frozenset[str]:
        """The site's debris as the rules want it: "mul:folded phrase", for pages of any language."""
        return frozenset(f"mul:{' '.join(phrase.casefold().split())}" for phrase in self.debris)


def load_site(path: Path) -> Site:
    """Read one site file.

    Raises:
        ConfigError: one line that names the file, the field and what to change.
    """
    values = _with_base(path, depth=0)
    if not _NAME.fullmatch(path.stem):
        raise ConfigError(f"{path}: a site's file name takes small letters, digits and hyphens only")
    if values.setdefault("name", path.stem) != path.stem:
        raise ConfigError(f"{path}: name: leave it out, the file's name is the site's")
    try:
        return Site.model_validate(_absolute(values))
    except ValidationError as error:
        raise ConfigError(f"{path}: {_one_line(error)}") from error


def load_sites(
    folder: Path, needed: Collection[str] | None = None, on_bad: Callable[[str], None] = lambda _: None
) -> dict[str, Site]:
    """All sites of a folder by name; files that start with "_" are bases for others.

    Args:
        folder: where the files lie.
        needed: names of the sites that somebody asked for; None is all. Files of others that cannot be used
            are left out.
        on_bad: told what is wrong with each of those.

    Raises:
        ConfigError: for the first needed file that cannot be used, or a folder that is none.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder; set LRAHOS_SITES_DIR to the one with your site files")
    found = {}
    for path in site_files(folder):
        try:
            found[path.stem] = load_site(path)
        except ConfigError as error:
            if needed is None or path.stem in needed:
                raise
            on_bad(str(error))
    return found


def site_files(folder: Path) -> list[Path]:
    """The folder's site files, without bases, in order of names."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith(("_", ".")))


def find_site(name: str, folder: Path) -> Site:
    """The site of this name.

    Raises:
        ConfigError: there is none (names like it are told), or its file cannot be used.
    """
    path = folder / f"{name}.yaml"
    if _NAME.fullmatch(name) and path.is_file():
        return load_site(path)
    raise ConfigError(
        f"no site {name!r} in {folder}{_suggestion(name, (one.stem for one in site_files(folder)))}"
    )


def _with_base(path: Path, depth: int) -> dict[str, Any]:
    """The file's fields over those of the file that it extends."""
    values = _read(path)
    extends = values.pop("extends", None)
    if extends is None:
        return values
    if depth >= _MAX_BASES:
        raise ConfigError(f"{path}: extends: these files extend each other in a circle")
    base = path.with_name(f"{extends}.yaml")
    if not isinstance(extends, str) or not re.fullmatch(r"_[a-z0-9-]+", extends) or not base.is_file():
        raise ConfigError(f"{path}: extends: there is no {base.name} beside it; names of bases begin with _")
    return {**_with_base(base, depth + 1), **values}


def _read(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark is not None else ""
        raise ConfigError(f"{path}:{line} no YAML: {getattr(error, 'problem', error)}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not in UTF-8; save it so") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if values is None:
        return {}
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise ConfigError(f"{path}: write one 'field: value' a line")
    return values


def _absolute(values: dict[str, Any]) -> dict[str, Any]:
    """Start points that are paths, taken from ``home``."""
    home = values.get("home")
    if not isinstance(home, str):
        return values
    lists = {
        kind: [
            urljoin(home, one) if isinstance(one, str) and one.startswith("/") else one
            for one in values[kind]
        ]
        for kind in _START_LISTS
        if isinstance(values.get(kind), list)
    }
    return {**values, **lists}


def _one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    message = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return f"unknown field {field!r}{_suggestion(field, Site.model_fields)}"
    return f"{field}: {message}" if field else message


def _suggestion(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=3)
    return f"; did you mean {' or '.join(close)}?" if close else ""
