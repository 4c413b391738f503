"""What the block model learns from: which blocks of a page its gold text holds, and whose page it is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import tldextract

from extractors.content.blocks import Block
from extractors.content.support import fold

# Letters of scripts without spaces stand alone; everywhere else a run of letters is a token.
_NO_SPACES = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_TOKEN = re.compile(rf"[{_NO_SPACES}]|(?:(?![{_NO_SPACES}])\w)+")
SHINGLE = 4  # tokens; a block of no more is looked up as a whole line

_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=())


def tokens(text: str) -> list[str]:
    """Case-folded words, or letters where a script writes no spaces."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text).casefold())


def shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Every run of four tokens; a shorter text is one shingle."""
    return (
        [tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))] if words else []
    )


def label(
    blocks: Sequence[Block], texts: Sequence[str]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """1 for each block that the gold holds, and how far to trust that (0 to 1).

    Several gold texts may be right: where they disagree the weight is 0. Each shingle of the gold
    is granted once, so that a copy of the article elsewhere on the page is no article.
    """
    words = [tokens(block.text) for block in blocks]
    shares = np.array([_shares(words, text) for text in texts], np.float32).reshape(len(texts), len(blocks))
    high, low = shares.max(0), shares.min(0)
    is_short = np.array([len(w) <= SHINGLE for w in words], bool)
    y = (high >= 0.5).astype(np.int8)
    weight = np.ones(len(blocks), np.float32)
    weight[(high >= 0.5) & (low < 0.5)] = 0
    weight[(high > 0.3) & (high < 0.7) & ~is_short] = 0.3
    torn = is_short & (high == 0.5)  # stands in the gold, but in the middle of a line
    y[torn], weight[torn] = 0, 0
    _grant_once(words, texts, high, y, weight)
    return y, weight


def label_snippets(
    blocks: Sequence[Block], wanted: Sequence[str], unwanted: Sequence[str]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Likewise where the gold is a few snippets: a block that holds one is labelled, all others weigh 0."""
    y, weight = np.zeros(len(blocks), np.int8), np.zeros(len(blocks), np.float32)
    for snippets, value in ((unwanted, 0), (wanted, 1)):
        for folded in filter(None, map(fold, snippets)):
            holders = [at for at, block in enumerate(blocks) if folded in block.folded]
            if len(holders) == 1:  # a snippet in several places says of none that it is the article's
                y[holders], weight[holders] = value, 1.0
    return y, weight


def _shares(words: list[list[str]], text: str) -> list[float]:
    gold = tokens(text)
    known = set(shingles(gold))
    lines = {" ".join(tokens(line)) for line in text.split("\n")}
    flat = f" {' '.join(gold)} "
    found = []
    for block in words:
        if len(block) <= SHINGLE:
            line = " ".join(block)
            found.append(1.0 if line in lines else 0.5 if f" {line} " in flat else 0.0)
        else:
            own = shingles(block)
            found.append(sum(shingle in known for shingle in own) / len(own))
    return found


def _grant_once(
    words: list[list[str]],
    texts: Sequence[str],
    high: npt.NDArray[np.float32],
    y: npt.NDArray[np.int8],
    weight: npt.NDArray[np.float32],
) -> None:
    left: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        left |= Counter(shingles(tokens(text)))
    length = np.array([len(block) for block in words], np.float64)
    sure = np.concatenate([[0.0], np.cumsum(length * (high >= 0.95))])
    copies = Counter(" ".join(block) for block in words)

    def rank(at: int) -> tuple[bool, bool, float, int]:
        around = sure[min(len(words), at + 9)] - sure[max(0, at - 8)]
        is_copied = copies[" ".join(words[at])] > 1
        return len(words[at]) > 400, high[at] < 0.9, -around if is_copied else -1e12, at

    for at in sorted((at for at in np.flatnonzero(y) if len(words[at]) > SHINGLE), key=rank):
        own = shingles(words[at])
        hits = [shingle for shingle in own if left[shingle] > 0]
        if len(hits) < 0.4 * len(own):
            y[at], weight[at] = 0, 0.5
        for shingle in hits if y[at] else ():
            left[shingle] -= 1


def weigh(
    blocks: Sequence[Block], trust: npt.NDArray[np.float32], *, is_news: bool
) -> npt.NDArray[np.float32]:
    """Weights of a page's blocks for training: long blocks count more, long pages less than their length."""
    length = np.array([min(80, len(block.text) / 6) + 4 for block in blocks], np.float64)
    value = trust * length**0.7
    return (value / max(1.0, value.sum()) ** 0.5 * (3.0 if is_news else 1.0)).astype(np.float32)


def publishers(urls: Sequence[str], sites: Sequence[str]) -> npt.NDArray[np.int64]:
    """A number a publisher: pages that share a site's name or a second-level domain are one's."""
    above: dict[str, str] = {}

    def find(name: str) -> str:
        above.setdefault(name, name)
        while above[name] != name:
            name = above[name]
        return name

    names = []
    for url, site in zip(urls, sites, strict=True):
        domain = "d:" + _SUFFIXES(urlsplit(url).hostname or url).domain.lower()
        last = re.sub(r"^(www|blogs|edition)\.", "", site.split("/")[-1].lower().split("_")[0])
        other = ("d:" + last.split(".")[0] if "." in last else "s:" + last) if last else domain
        above[find(domain)] = find(other)
        names.append(domain)
    roots = [find(name) for name in names]
    numbers = {root: number for number, root in enumerate(sorted(set(roots)))}
    return np.array([numbers[root] for root in roots])
