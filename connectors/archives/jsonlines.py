"""Pages out of JSON lines: one object a line, with ``url`` and ``html`` or ``text``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from connectors.archives.records import Damage, RawPage, Split
from connectors.errors import BadInput
from connectors.gzip_streams import GzipStream
from connectors.sources import Source, Window
from extractors.records import FetchedPage, RawPlace

_MAX_LINE_BYTES = 64 * 1024 * 1024
_STEP = 64 * 1024
_NO_DATE = datetime.fromtimestamp(0, UTC)


def read_lines(source: Source, split: Split) -> Iterator[RawPage | Damage]:
    """The pages of the lines that begin in the split's range of bytes."""
    window = Window(source)
    position = split.start
    if position > 0:  # a line that began before belongs to the split before
        position = _line_end(window, position - 1)
    while position < split.end:
        end = _line_end(window, position)
        if end - position > _MAX_LINE_BYTES:
            yield _damage(source, position, "a line that is too long")
        else:
            yield from _pages(source, window.read(position, end - position), position)
        position = end


def read_stream(source: Source, split: Split) -> Iterator[RawPage | Damage]:
    """The pages of the split's lines of a compressed file; a page's place is its line's number."""
    number = 0
    try:
        for number, line in enumerate(GzipStream(source).lines()):
            if number >= split.end:
                return
            if number >= split.start:
                yield from _pages(source, line, number)
    except BadInput as error:
        if number + 1 >= split.start:
            yield _damage(source, number, str(error))


def count_lines(source: Source) -> int:
    """The lines of a compressed file, as far as it can be read."""
    count = 0
    try:
        for _ in GzipStream(source).lines():
            count += 1
    except BadInput:
        count += 1  # the broken line: reading it says what is wrong
    return count


def _line_end(window: Window, position: int) -> int:
    found = window.find(b"\n", position, window.source.size)
    return found + 1 if found >= 0 else window.source.size


def _pages(source: Source, line: bytes, place: int) -> Iterator[RawPage | Damage]:
    if not line.strip():
        return
    try:
        page = page_of_line(line)
    except BadInput as error:
        yield _damage(source, place, str(error))
        return
    yield RawPage(page=page, place=RawPlace(shard=source.name, offset=place))


def page_of_line(line: bytes) -> FetchedPage:
    """The page of one line. Raises ``BadInput`` if it is no object with url and html or text.

    Read besides: ``final_url``, ``fetched_at`` (ISO 8601), ``status``, ``headers`` (an object, or a list
    of pairs). The text is stored as UTF-8, so a content type is replaced by one that says so.
    """
    try:
        values = json.loads(line)
    except ValueError as error:
        raise BadInput(f"no JSON: {error}") from error
    if not isinstance(values, dict):
        raise BadInput("no JSON object")
    url, html, text = values.get("url"), values.get("html"), values.get("text")
    body = html if isinstance(html, str) else text
    if not isinstance(url, str) or not url or not isinstance(body, str):
        raise BadInput('no object with "url" and "html" or "text", all of them strings')
    kind = "text/html" if isinstance(html, str) else "text/plain"
    headers = [pair for pair in _headers(values.get("headers")) if pair[0].lower() not in _REPLACED]
    status = values.get("status", 200)
    final_url = values.get("final_url")
    return FetchedPage(
        url=_clean(url),
        final_url=_clean(final_url if isinstance(final_url, str) and final_url else url),
        fetched_at=_date(values.get("fetched_at")),
        status=status if isinstance(status, int) else 200,
        headers=(("Content-Type", f"{kind}; charset=utf-8"), *headers),
        body=body.encode("utf-8", "replace"),
    )


_REPLACED = frozenset({"content-type", "content-encoding", "transfer-encoding", "content-length"})


def _headers(value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [(_clean(str(name)), _clean(str(text))) for name, text in value.items()]
    pairs = value if isinstance(value, list) else []
    pairs = [pair for pair in pairs if isinstance(pair, list) and len(pair) == 2]
    return [(_clean(str(name)), _clean(str(text))) for name, text in pairs]


def _clean(text: str) -> str:
    """Without lone surrogates: JSON can write them, nothing else can."""
    return text.encode("utf-8", "replace").decode()


def _date(value: object) -> datetime:
    """When the page was fetched; the epoch if the line does not say, so that nothing is made up."""
    if not isinstance(value, str):
        return _NO_DATE
    try:
        date = datetime.fromisoformat(value)
    except ValueError:
        return _NO_DATE
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _damage(source: Source, offset: int, message: str) -> Damage:
    return Damage(path=source.name, offset=offset, message=message, places=1)
