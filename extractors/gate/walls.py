"""Pages that stand in an article's place: errors, consent forms, payments, programs without text."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.findings import Content, Metadata
from extractors.gate.errors import find_error
from extractors.gate.naming import find_named, names_of
from extractors.gate.signs import AGREEING, Signs
from extractors.gate.sizes import LONG, SHORT_NEWS, STUB, WEAK
from extractors.gate.verdict import Refusal
from extractors.prose import is_prose, weight
from extractors.records import CutReason, Reason

# Set on the labelled pages, see tests/benchmarks/benchmark_gate.py.
MAX_FORMS = 50  # consent elements looked at
WALL = (20.0, 400.0)  # weight of the words in a wall that ends a story
QUESTION_BUTTONS = 2  # to agree and to refuse

_CONSENT_NAMES = re.compile(
    r"consent|cookie|gdpr|onetrust|didomi|sourcepoint|sp_message|usercentrics|quantcast|privacy-?(?:wall|gate)"
)
_PAY_NAMES = re.compile(
    r"paywall|regwall|pay-?gate|subscri(?:be|ption)-?(?:wall|gate|prompt|required)|login-?(?:wall|gate|required)|piano-|metered|premium-?(?:content|lock|gate)|locked-?content"
)
_CONSENT_HOSTS = re.compile(r"^(?:consent|cookie|privacy|gdpr|myprivacy|cmp)\.")


def find_wall(
    tree: HtmlElement, metadata: Metadata, content: Content, signs: Signs, url: str
) -> Refusal | None:
    """What stands in the way of a story, in the order in which a person would say it."""
    return (
        find_error(tree, metadata, content, signs, url)
        or find_consent(tree, metadata, content, signs, url)
        or find_script_only(tree, signs)
        or find_paywall(tree, metadata, content, signs)
    )


def find_consent(
    tree: HtmlElement, metadata: Metadata, content: Content, signs: Signs, url: str
) -> Refusal | None:
    """A cookie or consent form in the article's place: most of what is left of the page stands in it."""
    if signs.prose > LONG or (signs.declares_news and signs.agreement >= AGREEING):
        return None
    texts = [line.text for line in content.lines] or [cut.text for cut in content.cuts]
    whole = sum(map(weight, texts))
    if not whole:
        return None
    in_form = _text_of_forms(tree)
    share = sum(weight(text) for text in texts if _fold(text) in in_form) / whole
    says_cookie = sum(weight(text) for text in texts if "cookie" in text.casefold()) / whole
    is_story_on_cookies = "cookie" in metadata.title.casefold() or signs.declares_article
    is_consent_host = bool(_CONSENT_HOSTS.match(_host(url))) and not signs.declares_article
    is_asked = bool(in_form) or (not signs.is_dated and next(tree.iter("button"), None) is not None)
    if share >= 0.6 or is_consent_host or (is_asked and says_cookie >= 0.4 and not is_story_on_cookies):
        detail = f"{share:.0%} of {whole:.0f} letters stand in a consent form, {says_cookie:.0%} in paragraphs on cookies"
        return Refusal(reason=Reason.CONSENT_WALL, detail=detail)
    return _find_bare_question(tree, signs)


def _find_bare_question(tree: HtmlElement, signs: Signs) -> Refusal | None:
    """Some text with buttons below it, and nothing else on the page: no date, no author, no menu, no article's type.

    Of 2,123 articles 3 are that bare; they have menus or no buttons.
    """
    if signs.declares_article or signs.is_dated or signs.is_signed or signs.letters_page > LONG:
        return None
    if signs.passwords or next(tree.iter("nav", "header", "footer", "article"), None) is not None:
        return None
    buttons = sum(1 for _ in tree.iter("button")) + sum(
        field.get("type") in ("submit", "button", "checkbox") for field in tree.iter("input")
    )
    if buttons < QUESTION_BUTTONS:
        return None
    detail = f"{signs.letters_page} letters and {buttons} buttons are all of the page"
    return Refusal(reason=Reason.CONSENT_WALL, detail=detail)


def _text_of_forms(tree: HtmlElement) -> str:
    """The text of consent forms; an element that holds a page's parts is a wrapper, named after its banner's state."""
    found: list[HtmlElement] = []
    for element in islice(find_named(tree, _CONSENT_NAMES), MAX_FORMS):
        is_wrapper = next(element.iter("article", "main", "nav", "footer"), None) is not None
        is_inside = bool(found) and element in found[-1].iterdescendants(element.tag)
        if not is_wrapper and not is_inside:
            found.append(element)
    return "\n".join(_fold(element.text_content()) for element in found)


def find_paywall(tree: HtmlElement, metadata: Metadata, content: Content, signs: Signs) -> Refusal | None:
    """A stub before a login or a payment; the wall's own text does not count.

    It is shorter than a short news item, or than a story's first paragraphs where the page declares no article, or
    declares that it is not free and ends in a wall: short news that is whole has none below it.
    """
    if signs.prose > 2 * STUB:
        return None
    named = next(find_named(tree, _PAY_NAMES), None)
    is_cut = metadata.is_paywalled is True and _ends_in_wall(tree, content)
    most = SHORT_NEWS if signs.declares_article and not is_cut else STUB
    if signs.prose > most + STUB:
        return None
    own = signs.prose - (_weight_within(named, content) if named is not None else 0.0)
    if own > most:
        return None
    if metadata.is_paywalled:
        why = "declared as not free"
    elif named is not None:
        why = f'markup named "{names_of(named).strip()[:60]}"'
    elif signs.passwords and not signs.declares_article and signs.prose < SHORT_NEWS:
        why = "a password field"
    else:
        return None
    return Refusal(reason=Reason.PAYWALL, detail=f"{own:.0f} letters in paragraphs and {why}")


def _ends_in_wall(tree: HtmlElement, content: Content) -> bool:
    """Whether a wall with words of its own follows the last paragraph, in the element that holds the paragraphs.

    No article of the corpora that declares itself not free and has less than ``STUB`` letters does.
    """
    kept = {_fold(line.text) for line in content.lines if is_prose(line.text)}
    for wall in find_named(tree, _PAY_NAMES):
        home = wall.getparent()
        if home is None or not WALL[0] <= weight(wall.text_content()) <= WALL[1]:
            continue
        before = any(
            _fold(element.text_content()) in kept for element in wall.itersiblings("p", preceding=True)
        )
        after = any(_fold(element.text_content()) in kept for element in wall.itersiblings("p"))
        if before and not after:
            return True
    return False


def _weight_within(wall: HtmlElement, content: Content) -> float:
    """Weight of the kept paragraphs that stand in the wall; 0 where it is big enough to hold an article."""
    text = _fold(wall.text_content())
    if weight(text) >= WEAK:
        return 0.0
    return sum(
        weight(line.text) for line in content.lines if is_prose(line.text) and _fold(line.text) in text
    )


def is_behind_payment(tree: HtmlElement, metadata: Metadata, content: Content, signs: Signs) -> bool:
    """Whether the page is an article that may end at a payment: declared, named so in markup, or said in a sentence."""
    if metadata.is_paywalled:
        return True
    if signs.prose >= LONG:
        return False
    is_said = any(
        cut.reason is CutReason.PAYWALL and cut.rule.startswith("phrase:") and weight(cut.text) >= WALL[0]
        for cut in content.cuts
    )
    return is_said or next(find_named(tree, _PAY_NAMES), None) is not None


def find_script_only(tree: HtmlElement, signs: Signs) -> Refusal | None:
    """A page whose text is drawn by a script: programs, a place to draw in, and hardly a word."""
    if signs.letters_page > STUB or signs.prose >= SHORT_NEWS:
        return None
    scripts = list(tree.iter("script"))
    size = sum(len(script.text or "") for script in scripts) + 1000 * sum(
        bool(script.get("src")) for script in scripts
    )
    is_empty_root = any(
        element.get("id") in ("root", "app", "__next", "__nuxt", "main-app") for element in tree.iter("div")
    )
    if size > 20 * max(signs.letters_page, 50) or (is_empty_root and scripts):
        detail = f"{signs.letters_page} letters on the page beside {len(scripts)} scripts"
        return Refusal(reason=Reason.SCRIPT_ONLY, detail=detail)
    return None


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
