"""The language of an article, from its paragraphs, and what other languages are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.language import detectors
from extractors.language.cleaning import bounded, clean
from extractors.language.identify import identify
from extractors.language.pairs import group_of
from extractors.language.scripts import count_scripts
from extractors.language.tags import canonical
from extractors.language.verdict import UNSURE, ArticleLanguage, LanguageVerdict
from extractors.language.voting import named
from extractors.records import LanguageShare

# Letters of a paragraph that counts; menus and captions have fewer. Set on 104 made pages: all are right.
MIN_BLOCK_LETTERS = 120
MAX_BLOCKS = 40  # paragraphs looked at, evenly from the whole article
FEW_BLOCKS = 12  # enough if all of them are in one language
RUN = 4  # neighbours that are looked at together
MIN_OTHER_SHARE = 0.02  # of the letters, for a language to be named
BILINGUAL_SHARE = 0.3  # of the letters, for the page to be called bilingual
MIN_TITLE_LETTERS = 20  # of a title that may contradict the text
SURE_TITLE = 0.8  # confidence of a title that may contradict the text
# Letters of a script that writes a word with few of them count for so many
_DENSE = {"Hani": 3, "Kana": 3, "Hang": 2}
# A declared name that covers others: who says "fa" does not deny Dari
_COVERS = {
    "fa": {"prs"},
    "zh": {"yue"},
    "nb": {"nn"},
    "ku": {"ckb"},
    "sh": {"bs", "hr", "sr", "cnr"},
    "sr": {"cnr"},
    "ms": {"id"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    text: str
    script: str
    letters: int  # of all scripts, dense scripts' counted more


def article_language(
    title: str,
    paragraphs: Sequence[str],
    declared: Sequence[str] = (),
    *,
    site_languages: Sequence[str] = (),
    always_langdetect: bool = False,
) -> ArticleLanguage:
    """The language that most of the article's letters are in, and the shares of the others.

    Only paragraphs of 120 letters or more are asked, all text where there are none. Flags:
    ``language-conflict`` (none of the declared languages is the one found), ``title-language`` (the title is
    surely in another one than the text), ``bilingual`` (another language has 30 % of the letters),
    ``unexpected-language`` (none of the site's).

    Args:
        title: the article's; "" if it has none.
        paragraphs: of the clean text, in order.
        declared: what the page says of itself, cleaned, most trusted first; decides between close
            languages and in doubt.
        site_languages: what the site publishes in, () if unknown; decides likewise, after ``declared``.
        always_langdetect: ask langdetect even where it would not count.
    """
    claims = (*declared, *site_languages)
    for most in (FEW_BLOCKS, MAX_BLOCKS):
        blocks = _blocks(title, paragraphs, most)
        verdict = _ask(blocks, claims, always_langdetect)
        spoken = [_language_of(block, verdict, claims) for block in blocks]
        if len(set(spoken)) == 1 and spoken[0] != UNSURE:
            break
    letters = _letters_by_group(blocks, spoken)
    main = max(
        (group for group in letters if group != UNSURE), key=lambda group: letters[group], default=UNSURE
    )
    if main not in (UNSURE, _group(verdict.language)):
        mains = [block for block, language in zip(blocks, spoken, strict=True) if _group(language) == main]
        verdict = _ask(mains, claims, always_langdetect)
    others = _others(letters, {_group(language): language for language in spoken}, _group(verdict.language))
    return ArticleLanguage(
        language=verdict.language,
        script=verdict.script,
        confidence=verdict.confidence,
        evidence=verdict.evidence,
        other_languages=others,
        flags=tuple(_flags(title, verdict, others, declared, site_languages)),
    )


def _blocks(title: str, paragraphs: Sequence[str], most: int) -> list[_Block]:
    """Paragraphs that count, from all parts where there are many; the whole text if none is long enough."""
    shortest = MIN_BLOCK_LETTERS // max(_DENSE.values())
    long = [paragraph for paragraph in paragraphs if len(paragraph) >= shortest]
    found = _long_ones(_spread(long, most)) or _long_ones(long)[:most]
    if not found:
        return [_block("\n".join(paragraphs) if any(map(str.strip, paragraphs)) else title)]
    return found


def _long_ones(paragraphs: Sequence[str]) -> list[_Block]:
    return [block for block in map(_block, paragraphs) if block.letters >= MIN_BLOCK_LETTERS]


def _spread(paragraphs: Sequence[str], most: int) -> list[str]:
    """Runs of neighbours from all parts: single ones at even steps would miss every other language."""
    if len(paragraphs) <= most:
        return list(paragraphs)
    part = len(paragraphs) * RUN / most  # of the article, for each run: its middle is looked at
    starts = [int((run + 0.5) * part - RUN / 2) for run in range(most // RUN)]
    return [paragraphs[start + at] for start in starts for at in range(RUN)]


def _block(paragraph: str) -> _Block:
    text = clean(bounded(paragraph))
    count = count_scripts(text)
    size = count.total * _DENSE.get(count.script, 1)
    if len(paragraph) > len(text):
        size = round(size * len(paragraph) / max(len(text), 1))  # the whole paragraph's weight, by its sample
    return _Block(text=text, script=count.script, letters=size if count.total else 0)


def _ask(blocks: Sequence[_Block], claims: Sequence[str], always: bool) -> LanguageVerdict:
    return identify("\n".join(block.text for block in blocks), claims, always_langdetect=always)


def _language_of(block: _Block, verdict: LanguageVerdict, claims: Sequence[str]) -> str:
    """The language of a paragraph, ``verdict``'s own where it is a close one.

    pycld2 is cheap: where it agrees with the whole text's verdict nobody else is asked.
    """
    if block.script == verdict.script:
        vote = detectors.ask_pycld2(block.text)
        if vote is not None and named(vote, block.script) == _group(verdict.language):
            return verdict.language
    return identify(block.text, claims).language


def _letters_by_group(blocks: Sequence[_Block], spoken: Sequence[str]) -> Counter[str]:
    letters: Counter[str] = Counter()
    for block, language in zip(blocks, spoken, strict=True):
        letters[_group(language)] += block.letters
    return letters


def _others(letters: Counter[str], names: Mapping[str, str], main: str) -> tuple[LanguageShare, ...]:
    """The languages besides the main group, and their shares of all letters, largest first."""
    total = letters.total()
    return tuple(
        LanguageShare(language=names[group], share=round(number / total, 3))
        for group, number in letters.most_common()
        if group not in (main, UNSURE) and number >= MIN_OTHER_SHARE * total
    )


def _group(language: str) -> str:
    """The close group of a verdict's language."""
    return UNSURE if language == UNSURE else group_of(canonical(language))


def _flags(
    title: str,
    verdict: LanguageVerdict,
    others: Sequence[LanguageShare],
    declared: Sequence[str],
    site_languages: Sequence[str],
) -> Iterable[str]:
    if verdict.language != UNSURE and declared and not _covered(verdict.language, declared):
        yield "language-conflict"
    if _title_differs(title, verdict):
        yield "title-language"
    if any(other.share >= BILINGUAL_SHARE for other in others):
        yield "bilingual"
    if verdict.language != UNSURE and site_languages and not _covered(verdict.language, site_languages):
        yield "unexpected-language"


def _covered(language: str, claims: Sequence[str]) -> bool:
    """Whether one of the claims is the language or covers it."""
    found = canonical(language)
    return any(found == claim or found in _COVERS.get(claim, ()) for claim in map(canonical, claims))


def _title_differs(title: str, verdict: LanguageVerdict) -> bool:
    """Whether the title is surely in another language; close languages do not count as others."""
    block = _block(title)
    if verdict.language == UNSURE or block.letters < MIN_TITLE_LETTERS:
        return False
    if block.script == verdict.script:
        vote = detectors.ask_pycld2(block.text)  # cheap, as for paragraphs: most titles agree
        if vote is not None and named(vote, block.script) == _group(verdict.language):
            return False
    said = identify(title, (verdict.language,))
    return said.confidence >= SURE_TITLE and _group(said.language) not in (UNSURE, _group(verdict.language))
