"""The one door: a page goes in, a verdict comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement

from extractors.content import find_content
from extractors.findings import Content, Metadata
from extractors.gate import Refusal, examine, examine_dump
from extractors.identity import canonical_url, content_hash, near_duplicate_signature, story_id
from extractors.language import article_language
from extractors.metadata import read_metadata
from extractors.plain_text import read_plain_text
from extractors.records import Article, FetchedPage, Reason, Rejection, Rules, Verdict
from extractors.signatures import find_binary, find_feed
from extractors.tree import decode, is_html, is_plain_text, parse

# Scripts that write no spaces between words: each letter counts as one. Elsewhere vowel signs (of India's
# scripts, say) and joiners (Persian) stand within words; Python's own \w ends a word at them.
_WORD = regex.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+(?:['’\-\u200c\u200d][\p{L}\p{M}\p{N}]++)*+"
)
MAX_REJECTED_TEXT = 2_000  # characters of a refused page's text that are kept for an editor's look
_NO_RULES, _NO_METADATA, _NO_CONTENT = Rules(), Metadata(), Content()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What was read from a page, whatever becomes of it."""

    metadata: Metadata = _NO_METADATA
    content: Content = _NO_CONTENT
    refusal: Refusal | None = None
    flags: tuple[str, ...] = ()


def judge(page: FetchedPage, rules: Rules = _NO_RULES) -> Verdict:
    """Whether the page is one article, and that article; never raises, whatever the bytes.

    Pure: the same page and rules give the same verdict, in any order, on any machine.
    """
    reading = _read(page, rules)
    if reading.refusal is not None:
        return _rejection(page, rules, reading, reading.refusal)
    return _article(page, rules, reading)


def _read(page: FetchedPage, rules: Rules) -> _Reading:
    refusal = _refuse_unread(page)
    if refusal is not None:
        return _Reading(refusal=refusal)
    text = decode(page)
    if feed := find_feed(text):
        return _Reading(refusal=Refusal(reason=Reason.NOT_ARTICLE, detail=f"{feed}, by its root element"))
    if is_plain_text(page):
        return _read_dump(text, rules)
    tree = parse(text)
    if tree is None:
        return _Reading(refusal=Refusal(reason=Reason.EMPTY, detail="no markup"))
    return _read_markup(tree, page.final_url or page.url, rules)


def _refuse_unread(page: FetchedPage) -> Refusal | None:
    """What status, length and type say before anything is parsed."""
    if page.status and not 200 <= page.status < 300:
        return Refusal(reason=Reason.BAD_STATUS, detail=f"HTTP status {page.status}")
    if not page.body.strip():
        return Refusal(reason=Reason.EMPTY, detail=f"{len(page.body)} bytes, all of them white space")
    named = page.header("content-type")[:80] or "none given"
    if binary := find_binary(page.body):
        return Refusal(reason=Reason.NOT_TEXT, detail=f"content type {named}, {binary}")
    if not is_html(page) and not is_plain_text(page):
        return Refusal(reason=Reason.NOT_TEXT, detail=f"content type {named}, no markup or text at its start")
    return None


def _read_markup(tree: HtmlElement, url: str, rules: Rules) -> _Reading:
    metadata = read_metadata(tree, url)
    content = find_content(tree, metadata, rules, url)
    found = examine(tree, metadata, content, url, live_blogs=rules.live_blogs)
    refusal = found.refusal
    if refusal is None and not content.lines:
        refusal = Refusal(reason=Reason.EMPTY, detail="no line of the page is an article's")
    return _Reading(metadata=metadata, content=content, refusal=refusal, flags=found.flags)


def _read_dump(text: str, rules: Rules) -> _Reading:
    metadata, content = read_plain_text(text, rules)
    found = examine_dump(metadata, content)
    return _Reading(metadata=metadata, content=content, refusal=found.refusal, flags=found.flags)


def _article(page: FetchedPage, rules: Rules, reading: _Reading) -> Verdict:
    metadata, content = reading.metadata, reading.content
    language = article_language(
        metadata.title,
        [line.text for line in content.lines],
        metadata.declared_languages,
        site_languages=rules.languages,
        always_langdetect=rules.always_langdetect,
    )
    if rules.refuse_other_languages and "unexpected-language" in language.flags:
        detail = f"{language.language}, {', '.join(rules.languages)} wanted"
        return _rejection(page, rules, reading, Refusal(reason=Reason.OTHER_LANGUAGE, detail=detail))
    text = "\n".join(line.text for line in content.lines)
    url = canonical_url(page.final_url or page.url, metadata.canonical_url)
    site = rules.site or _host(url)
    return Article(
        id=story_id(url, site, rules.story_id_pattern),
        content_hash=content_hash(metadata.title, text),
        url=page.url,
        canonical_url=url,
        site=site,
        title=metadata.title,
        text=text,
        structure=tuple(line.kind for line in content.lines),
        lead=content.lead or metadata.lead,
        dateline=content.dateline or metadata.dateline,
        word_count=len(_WORD.findall(text)),
        authors=metadata.authors,
        published=metadata.published,
        published_zone=metadata.published_zone,
        published_zone_source=metadata.published_zone_source,
        modified=metadata.modified,
        modified_zone=metadata.modified_zone,
        modified_zone_source=metadata.modified_zone_source,
        section=metadata.section,
        tags=metadata.tags,
        images=content.images or metadata.images,
        language=language.language,
        script=language.script,
        language_confidence=language.confidence,
        language_evidence=language.evidence,
        declared_languages=metadata.declared_languages,
        other_languages=language.other_languages,
        fetched_at=_iso(page),
        status=page.status,
        etag=page.header("etag"),
        extracted_by=content.extracted_by,
        cuts=content.cuts,
        flags=tuple(dict.fromkeys((*content.flags, *reading.flags, *language.flags))),
        near_duplicate_signature=near_duplicate_signature(text),
    )


def _rejection(page: FetchedPage, rules: Rules, reading: _Reading, refusal: Refusal) -> Rejection:
    return Rejection(
        url=page.url,
        reason=refusal.reason,
        detail=refusal.detail,
        site=rules.site or _host(page.final_url or page.url),
        title=reading.metadata.title,
        text="\n".join(line.text for line in reading.content.lines)[:MAX_REJECTED_TEXT],
        fetched_at=_iso(page),
        status=page.status,
    )


def _iso(page: FetchedPage) -> str:
    return page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
