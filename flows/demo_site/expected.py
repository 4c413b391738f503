"""What each page of the demo site should become."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Reason
from flows.demo_site.documents import MISSING_PATH, SECTION_PATH, VIDEO_PATH
from flows.demo_site.stories import Story, labels, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One page's verdict, as far as it matters."""

    path: str  # on the site: "/a/..."
    reason: Reason | None = None  # of the refusal; None for an article
    language: str = ""  # BCP-47; "" for what is refused
    title: str = ""
    dateline: str = ""
    begins: tuple[str, ...] = ()  # the text's first words: of its standfirst or of its first paragraph
    ends: str = ""  # and its last
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO 8601, by the clock of the page: as exported
    caption: str = ""  # of its picture, without the credit
    paragraphs: tuple[str, ...] = ()  # all of them stand in the text, in this order
    debris: tuple[str, ...] = ()  # none of it is a line of the text


def _expected(story: Story) -> Expected:
    words = labels(story.menu)
    paragraphs = tuple(
        text.removeprefix("## ").removeprefix("- ").removeprefix("> ") for text in story.paragraphs
    )
    around = (
        words.accessibility,
        words.skip,
        words.share,
        words.print,
        words.copy,
        words.read_also,
        words.newsletter,
    )
    boxes = (
        words.newsletter_text,
        words.cookie,
        words.comments,
        words.comment_form,
        words.most_read,
        words.app,
    )
    others = (words.advertisement, words.rights, story.related, story.caption, story.title)
    return Expected(
        path=story.path,
        language=story.language,
        title=story.title,
        dateline=story.place if story.template == "modern" else "",
        begins=tuple(text[:40] for text in (story.lead, paragraphs[0]) if text),
        ends=paragraphs[-1][-40:],
        authors=tuple(story.authors),
        published=story.published,
        caption=story.caption,
        paragraphs=paragraphs,
        debris=(
            *around,
            *boxes,
            *others,
            "XS",
            "SM",
            "MD",
            "LG",
            "Facebook",
            "WhatsApp",
            "Twitter",
            "Telegram",
        ),
    )


EXPECTED: tuple[Expected, ...] = (
    *(_expected(story) for story in stories()),
    Expected(path=VIDEO_PATH, reason=Reason.MEDIA_PAGE),
    Expected(path=SECTION_PATH, reason=Reason.INDEX_PAGE),
    Expected(path=MISSING_PATH, reason=Reason.ERROR_PAGE),
    Expected(path="/", reason=Reason.INDEX_PAGE),
)
