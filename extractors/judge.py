"""The one door: a page goes in, a verdict comes out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from urllib.parse import urlsplit

from extractors.content import find_content
from extractors.findings import Content, Metadata
from extractors.identity import canonical_url, content_hash, near_duplicate_signature, story_id
from extractors.metadata import read_metadata
from extractors.records import Article, FetchedPage, Reason, Rejection, Rules, Verdict
from extractors.tree import decode, is_html, is_plain_text, parse

MIN_LETTERS = 80

# Scripts that write no spaces between words: each letter counts as one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|\w+")
MAX_REJECTED_TEXT = 2_000  # characters of a refused page's text that are kept for an editor's look


def judge(page: FetchedPage, rules: Rules | None = None) -> Verdict:
    """Whether the page is one article, and that article; never raises, whatever the bytes.

    Pure: the same page and rules give the same verdict, in any order, on any machine.
    """
    rules = rules or Rules()
    if page.status and not 200 <= page.status < 300:
        return _reject(page, rules, Reason.BAD_STATUS, f"HTTP status {page.status}")
    if not page.body.strip():
        return _reject(page, rules, Reason.EMPTY, "no body")
    if is_plain_text(page) and not is_html(page):
        return _reject(page, rules, Reason.NOT_TEXT, "plain text")
    if not is_html(page):
        return _reject(
            page, rules, Reason.NOT_TEXT, f"content type {page.header('content-type')[:80] or 'unknown'}"
        )
    tree = parse(decode(page))
    if tree is None:
        return _reject(page, rules, Reason.EMPTY, "no markup")
    metadata = read_metadata(tree, page.final_url or page.url)
    content = find_content(tree, metadata, rules)
    if content.measurements.letters_kept < MIN_LETTERS:
        reason = Reason.TOO_SHORT if content.measurements.letters_page else Reason.EMPTY
        detail = f"{content.measurements.letters_kept} letters of text, {MIN_LETTERS} wanted"
        return _reject(page, rules, reason, detail, metadata=metadata, content=content)
    return _article(page, rules, metadata, content)


def _article(page: FetchedPage, rules: Rules, metadata: Metadata, content: Content) -> Article:
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
        modified=metadata.modified,
        section=metadata.section,
        tags=metadata.tags,
        images=content.images or metadata.images,
        language="und",
        declared_languages=metadata.declared_languages,
        fetched_at=_iso(page),
        status=page.status,
        etag=page.header("etag"),
        extracted_by=content.extracted_by,
        cuts=content.cuts,
        flags=content.flags,
        near_duplicate_signature=near_duplicate_signature(text),
    )


def _reject(
    page: FetchedPage,
    rules: Rules,
    reason: Reason,
    detail: str,
    *,
    metadata: Metadata | None = None,
    content: Content | None = None,
) -> Rejection:
    refused = Rejection(
        url=page.url,
        reason=reason,
        detail=detail,
        site=rules.site or _host(page.final_url or page.url),
        fetched_at=_iso(page),
        status=page.status,
    )
    if metadata is None or content is None:
        return refused
    text = "\n".join(line.text for line in content.lines)[:MAX_REJECTED_TEXT]
    return replace(refused, title=metadata.title, text=text)


def _iso(page: FetchedPage) -> str:
    return page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
