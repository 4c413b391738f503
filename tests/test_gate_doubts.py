"""When the gate doubts the kept text, and how little text it takes where nothing is in doubt."""

from dataclasses import replace

import pytest

from extractors.findings import Content, Line, Measurements
from extractors.gate import examine
from extractors.gate.signs import Signs
from extractors.metadata import read_metadata
from extractors.records import Reason
from extractors.tree import parse

URL = "https://hill-post.example/2026/10/story"
STORY = "The people of Teshen have voted for a new market hall by the narrowest of margins, forty-one votes in six thousand."
SIGNS = Signs(
    weight=500.0,
    prose=500.0,
    lines=4,
    prose_lines=4,
    truncated_lines=0,
    linked_share=0.0,
    page_linked_share=0.2,
    letters_page=1500,
    headlines_linked=3,
    teasers=0,
    teaser_share=0.0,
    title_weight=30.0,
    probability=0.95,
    title_share=0.6,
    lead_share=-1.0,
    types=frozenset(),
    players=0,
    passwords=0,
    is_entrance=False,
    is_dated=True,
    is_signed=True,
)
NEWS = frozenset({"newsarticle"})


@pytest.mark.parametrize(
    ("signs", "is_doubted"),
    [
        pytest.param({}, False, id="believed"),
        pytest.param({"title_share": 0.1, "probability": 0.8}, True, id="of-another-story"),
        pytest.param(
            {"title_share": 0.1, "probability": 0.8, "types": NEWS}, False, id="of-another-story-in-declared-news"
        ),
        pytest.param(
            {"title_share": 0.1, "probability": 0.8, "prose": 1800.0}, False, id="of-another-story-but-long"
        ),
        pytest.param({"prose": 200.0, "probability": 0.7}, True, id="short"),
        pytest.param({"prose": 300.0, "probability": 0.7}, False, id="longer"),
        pytest.param({"prose": 1200.0, "probability": 0.45}, True, id="long-and-hardly-believed"),
        pytest.param(
            {"title_share": 1.0, "prose": 200.0, "weight": 200.0, "probability": 0.65}, True, id="short-in-its-words"
        ),
        pytest.param(
            {"title_share": 1.0, "prose": 0.0, "weight": 700.0, "probability": 0.5},
            False,
            id="a-list-of-links-that-is-the-post",
        ),
        pytest.param({"title_share": 1.0, "probability": 0.4}, False, id="in-its-title's-words"),
    ],
)  # fmt: skip
def test_text_is_doubted_by_its_length_and_its_agreement_with_the_title(signs, is_doubted):
    assert replace(SIGNS, **signs).is_doubted is is_doubted


def examined(markup, lines, probability, *, torn_share=0.0):
    """What the gate says of a page of which these lines were kept."""
    tree = parse(markup)
    letters = sum(map(str.isalpha, "".join(lines)))
    measurements = Measurements(
        letters_page=sum(map(str.isalpha, tree.text_content())),
        letters_kept=letters,
        mean_probability=probability,
        torn_share=torn_share,
    )
    content = Content(lines=tuple(Line(text=text) for text in lines), measurements=measurements)
    return examine(tree, read_metadata(tree, URL), content, URL)


def page(body, title, head=""):
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"


ARTICLE = '<meta property="og:type" content="article">'


@pytest.mark.parametrize(
    ("probability", "title", "passes"),
    [
        (0.95, "Marta, do not say it", True),
        (0.85, "Marta, do not say it", False),
        (0.95, "Quite another matter", False),
    ],
)
def test_a_post_of_one_sentence_passes_where_title_and_model_agree_on_it(probability, title, passes):
    lines = [
        "“Marta, I should perhaps not say this tonight, out here in the rain, and so late.” – “Then do not.”"
    ]
    found = examined(page(f"<p>{lines[0]}</p>", title, ARTICLE), lines, probability)
    assert (found.refusal is None) is passes


VIDEO = '<meta property="og:type" content="video.other">'
DESCRIPTION = [STORY, STORY.replace("Teshen", "Lorava"), STORY.replace("Teshen", "Arvel")]


@pytest.mark.parametrize(
    ("lines", "probability", "passes"),
    [(DESCRIPTION, 0.95, True), (DESCRIPTION, 0.85, False), (DESCRIPTION[:1], 0.95, False)],
)
def test_a_video_passes_with_a_real_description_that_the_model_believes(lines, probability, passes):
    markup = page("".join(f"<p>{line}</p>" for line in lines), "Votes for a market hall", VIDEO)
    found = examined(markup, lines, probability)
    assert (found.refusal is None) is passes
    if found.refusal is not None:
        assert found.refusal.reason is Reason.MEDIA_PAGE


def test_an_article_inside_an_element_named_after_payment_keeps_its_text():
    lines = [STORY, STORY.replace("Teshen", "Lorava"), STORY.replace("Teshen", "Arvel")]
    body = "".join(f"<p>{line}</p>" for line in lines)
    markup = page(f'<div class="paywall-content">{body}</div>', "Votes for a market hall", ARTICLE)
    assert examined(markup, lines, 0.95).refusal is None


def test_a_bare_form_to_log_in_is_a_login_and_no_question():
    form = '<form><input type="password"><input type="checkbox"><button>OK</button><button>Forgot</button></form>'
    found = examined(page(f"<p>{STORY}</p>{form}", "Welcome"), [STORY], 0.95)
    assert found.refusal.reason is Reason.PAYWALL


def test_a_page_of_which_the_model_did_not_know_much_is_marked_for_review():
    lines = [STORY, STORY.replace("Teshen", "Lorava"), STORY.replace("Teshen", "Arvel")]
    markup = page("".join(f"<p>{line}</p>" for line in lines), "Votes for a market hall", ARTICLE)
    assert "torn" in examined(markup, lines, 0.95, torn_share=0.4).flags
    assert "torn" not in examined(markup, lines, 0.95, torn_share=0.1).flags
