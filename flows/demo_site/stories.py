"""The demo site's stories and labels, read from their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article as its file holds it."""

    slug: str  # the file's stem
    template: str  # "pangea" or "modern"
    id: int
    language: str  # of the article, BCP-47
    menu: str  # language of what stands around it
    title: str
    section: str
    authors: list[str]
    published: str  # ISO 8601, in UTC ("Z") or by the clock of the place, as the page declares it
    modified: str = ""
    lead: str = ""
    place: str
    caption: str
    credit: str
    tags: list[str]
    related: str  # headline of another story, shown in a box inside this one
    paragraphs: list[str]  # "## " opens a subheading, "- " a list's entry, "> " a quotation

    @property
    def path(self) -> str:
        """Where the page lies on the site."""
        if self.template == "pangea":
            return f"/a/{self.slug}/{self.id}.html"
        return f"/{self.language}/{self.published[:10].replace('-', '/')}/{self.slug}"

    @property
    def image(self) -> str:
        """Where its picture lies on the site."""
        return f"/images/{self.id}.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What stands around articles in one language."""

    site: str
    accessibility: str
    skip: str
    menu: list[str]
    share: str
    print: str
    copy: str
    read_also: str
    newsletter: str
    newsletter_text: str
    email: str
    cookie: str
    accept: str
    comments: str
    comment_form: str
    most_read: str
    app: str
    advertisement: str
    photo: str
    rights: str


@cache
def stories() -> tuple[Story, ...]:
    """All stories, newest first."""
    files = sorted((_HERE / "articles").glob("*.yaml"))
    found = [Story(slug=file.stem, **yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]
    return tuple(sorted(found, key=lambda story: datetime.fromisoformat(story.published), reverse=True))


@cache
def labels(language: str) -> Labels:
    """The labels of one language."""
    return Labels(**yaml.safe_load((_HERE / "labels.yaml").read_text(encoding="utf-8"))[language])
