"""The language of an article, from its paragraphs, and what other languages are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.language.identify import identify
from extractors.language.scripts import count_scripts
from extractors.language.tags import canonical
from extractors.language.verdict import UNSURE, ArticleLanguage, LanguageVerdict
from extractors.records import LanguageShare

MIN_BLOCK_LETTERS = 120  # of a paragraph that is asked alone; the whole text where no paragraph has as many
MAX_BLOCKS = 40  # asked of one article, evenly from all of it
MIN_OTHER_SHARE = 0.03  # of the letters, to be named at all
BILINGUAL_SHARE = 0.3  # of the letters, for the page to be called bilingual


def article_language(
    title: str,
    paragraphs: Sequence[str],
    declared: Sequence[str] = (),
    *,
    site_languages: Sequence[str] = (),
    always_langdetect: bool = False,
) -> ArticleLanguage:
    """The language that most of the article's letters are in.

    Flags: ``language-conflict`` (found and declared differ), ``title-language`` (title and text differ),
    ``bilingual`` (another language has 30 % of the letters), ``unexpected-language`` (none of the site's).

    Args:
        title: the article's; "" if it has none.
        paragraphs: of the clean text, in order.
        declared: what the page says of itself, cleaned, most trusted first.
        site_languages: what the site publishes in; () is unknown.
        always_langdetect: ask langdetect even where it would not count.
    """
    blocks = _blocks(title, paragraphs)
    verdicts = [(identify(block, declared, always_langdetect=always_langdetect), letters) for block, letters in blocks]
    weights: Counter[str] = Counter()
    for verdict, letters in verdicts:
        weights[verdict.language] += letters
    main = max((l for l in weights if l != UNSURE), key=lambda l: weights[l], default=UNSURE)
    total = sum(weights.values())
    best: LanguageVerdict | None = max((v for v, _ in verdicts if v.language == main), key=lambda v: v.confidence, default=None)
    if best is None:
        return ArticleLanguage(language=UNSURE, script="", confidence=0.0)
    others = tuple(
        LanguageShare(language=l, share=round(w / total, 3)) for l, w in weights.most_common() if l not in (main, UNSURE) and w / total >= MIN_OTHER_SHARE
    )
    flags = []
    found = canonical(main)
    if main != UNSURE and declared and found not in {canonical(t) for t in declared}:
        flags.append("language-conflict")
    if title:
        of_title = identify(title, declared)
        if UNSURE not in (of_title.language, main) and canonical(of_title.language) != found and of_title.confidence > 0.9:
            flags.append("title-language")
    if any(o.share >= BILINGUAL_SHARE for o in others):
        flags.append("bilingual")
    if site_languages and main != UNSURE and found not in {canonical(t) for t in site_languages}:
        flags.append("unexpected-language")
    return ArticleLanguage(language=main, script=best.script, confidence=best.confidence, evidence=best.evidence, other_languages=others, flags=tuple(flags))


def _blocks(title: str, paragraphs: Sequence[str]) -> list[tuple[str, int]]:
    counted = [(p, count_scripts(p).total) for p in paragraphs]
    long = [(p, n) for p, n in counted if n >= MIN_BLOCK_LETTERS]
    if long:
        step = max(1, len(long) // MAX_BLOCKS)
        return long[::step]
    whole = "\n".join(paragraphs) or title
    return [(whole, count_scripts(whole).total)]
