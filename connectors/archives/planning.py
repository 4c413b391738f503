"""What a user names, cut into splits."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from connectors.archives import jsonlines, warcs
from connectors.archives.locating import Form, find_files, form_of, is_many
from connectors.archives.records import Damage, Kind, RawPage, Split
from connectors.bucket import AWS, S3Options
from connectors.errors import BadInput
from connectors.gzip_members import content_start, next_member, read_member
from connectors.sources import Source, Window, open_source
from connectors.warc_records import MAGIC, parse_header

_AT_ONCE = 8
# How much of a file tells the mean length of its records.
_SAMPLE_BYTES = 2 * 1024 * 1024
_SAMPLE_MEMBERS = 200
_HEAD_BYTES = 64 * 1024
# A compressed page of news (measured: 35 kB on 2,174 pages of many publishers). A file that begins with
# longer ones is cut as if it did not, so that a batch's memory has a bound.
_MOST_PAGE_BYTES = 35_000
_MOST_PAGES = 1_000_000  # a split: where only the errors of planning count


def plan_splits(path_or_url: str, pages_per_split: int, options: S3Options = AWS) -> list[Split]:
    """Splits of about ``pages_per_split`` pages each: every page of the archive is in exactly one.

    Args:
        path_or_url: a file, a folder, a pattern ("news/*.warc.gz"), or any of them at ``s3://``.
        pages_per_split: a compressed WARC file is cut by bytes, so the figure is met on average.
        options: of the store that an ``s3://`` address is in.

    A file that a folder or a pattern brought and of which nothing can be read is a split of kind BROKEN:
    it costs itself alone.

    Raises:
        BadInput: if there is nothing, or if nothing of a file that was named can be read.
        BucketRefused: if S3 cannot be read.
    """
    paths = find_files(path_or_url, options)
    is_named = not is_many(path_or_url, paths)
    # Several at once: a file far away takes two or three requests to look at, and there may be thousands.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        forms = list(pool.map(lambda path: _form(path, options, is_named=is_named), paths))
        found = list(zip(paths, forms, strict=True))
        plans = pool.map(
            lambda one: _plan(one[0], one[1], pages_per_split, options, is_named=is_named),
            [one for one in found if one[1] is not Form.DOCUMENT],
        )
        splits = [split for plan in plans for split in plan]
    documents = [path for path, form in found if form is Form.DOCUMENT]
    if is_named and documents:
        open_source(documents[0], options)  # reading would say later that it cannot be opened
    for start in range(0, len(documents), pages_per_split):
        part = tuple(documents[start : start + pages_per_split])
        splits.append(Split(path=part[0], kind=Kind.FILES, end=len(part), paths=part))
    return splits


def what_is_wrong(path: str, options: S3Options = AWS) -> str:
    """Why nothing of a file can be read; "" if something can."""
    try:
        plan_splits(path, _MOST_PAGES, options)
    except BadInput as error:
        return str(error).removeprefix(f"{path}: ")
    return ""


def _form(path: str, options: S3Options, *, is_named: bool) -> Form | None:
    """What a file is; None if that cannot be said and the file was not named."""
    try:
        return form_of(path, options)
    except BadInput:
        if is_named:
            raise
        return None


def _plan(path: str, form: Form | None, pages: int, options: S3Options, *, is_named: bool) -> list[Split]:
    broken = Split(path=path, kind=Kind.BROKEN, end=1)
    if form is None:
        return [broken]
    try:
        source = open_source(path, options)
        splits = _PLANS[form](source, pages)
        if not splits:
            raise BadInput(f"{path}: there is nothing in it")
    except BadInput:
        if is_named:
            raise
        return [broken]
    return splits


def _plan_compressed_warc(source: Source, pages: int) -> list[Split]:
    window = Window(source)
    if not source.size:
        return []
    head = content_start(window, 0, _HEAD_BYTES)
    try:
        header = parse_header(head)
    except BadInput as error:
        if next_member(window, 1, min(source.size, _SAMPLE_BYTES), MAGIC) < min(source.size, _SAMPLE_BYTES):
            return _by_bytes(source, Kind.WARC_GZ, pages * _MOST_PAGE_BYTES)  # a damaged beginning
        raise BadInput(f"{source.name}: {error}") from error
    length = header.block_start + header.block_length
    if content_start(window, 0, length + _HEAD_BYTES)[length:].strip():
        # More than one record in the first member: this is one stream, or something near it.
        return _plan_stream(source, Kind.WARC_STREAM, pages, sum(1 for _ in warcs.walk_stream(source)))
    step = max(1, int(pages * _bytes_a_page(window)))
    return _by_bytes(source, Kind.WARC_GZ, step)


def _bytes_a_page(window: Window) -> float:
    """Compressed bytes from one page to the next, requests and metadata between them included."""
    position = pages = 0
    for _ in range(_SAMPLE_MEMBERS):
        if position >= min(_SAMPLE_BYTES, window.source.size):
            break
        try:
            member = read_member(window, position)
            pages += parse_header(member.content).holds_page
        except BadInput:
            break
        position = member.end
    return min(position / pages, _MOST_PAGE_BYTES) if pages else _MOST_PAGE_BYTES


def _plan_warc(source: Source, pages: int) -> list[Split]:
    """Not compressed: a body may hold anything, so records are followed from the beginning."""
    starts = [0]
    held = 0
    damage: Damage | None = None
    is_readable = False
    for record in warcs.walk(Window(source), 0, source.size):
        if isinstance(record, Damage):
            damage = damage or record
            continue
        is_readable = True
        if held >= pages:
            starts.append(record.start)
            held = 0
        held += record.header.holds_page
    if not is_readable:
        raise BadInput(f"{source.name}: {damage.message if damage else 'there is nothing in it'}")
    ends = [*starts[1:], source.size]
    return [
        Split(path=source.name, kind=Kind.WARC, start=start, end=end, size=source.size)
        for start, end in zip(starts, ends, strict=True)
    ]


def _plan_lines(source: Source, pages: int) -> list[Split]:
    sample = source.read_at(0, _SAMPLE_BYTES)
    lines = sample.count(b"\n")
    _check(jsonlines.read_lines(source, Split(path=source.name, kind=Kind.JSONL, end=source.size)))
    return _by_bytes(source, Kind.JSONL, max(1, pages * len(sample) // max(lines, 1)))


def _plan_compressed_lines(source: Source, pages: int) -> list[Split]:
    count = jsonlines.count_lines(source)
    _check(jsonlines.read_stream(source, Split(path=source.name, kind=Kind.JSONL_STREAM, end=count)))
    return _plan_stream(source, Kind.JSONL_STREAM, pages, count)


def _check(items: Iterable[RawPage | Damage]) -> None:
    """Raises ``BadInput`` if all is damage; reads up to the first page."""
    damage: Damage | None = None
    for item in items:
        if isinstance(item, RawPage):
            return
        damage = damage or item
    if damage:
        raise BadInput(f"{damage.path}: {damage.message}")


def _plan_stream(source: Source, kind: Kind, pages: int, count: int) -> list[Split]:
    return [
        Split(path=source.name, kind=kind, start=start, end=min(start + pages, count), size=source.size)
        for start in range(0, count, pages)
    ]


def _by_bytes(source: Source, kind: Kind, step: int) -> list[Split]:
    return [
        Split(path=source.name, kind=kind, start=start, end=min(start + step, source.size), size=source.size)
        for start in range(0, source.size, step)
    ]


_PLANS = {
    Form.COMPRESSED_WARC: _plan_compressed_warc,
    Form.WARC: _plan_warc,
    Form.COMPRESSED_LINES: _plan_compressed_lines,
    Form.LINES: _plan_lines,
}
