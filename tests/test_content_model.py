"""The block model: trees in numpy, the choice, and what is never lost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from lxml.html import document_fromstring, tostring

from extractors.content.blocks import Block, Node, walk
from extractors.content.choose import MAX_ATTRIBUTES, find_content
from extractors.content.decide import choose, expected_f1, threshold, without_twins
from extractors.content.features import COLUMNS, Page, describe
from extractors.content.forest import Forest
from extractors.content.model import load_model
from extractors.content.support import Reference, fold
from extractors.content.witness import ask_resiliparse, ask_trafilatura
from extractors.content.witnessing import WITNESS, hear
from extractors.findings import Metadata
from extractors.records import Rules
from tests.story_pages import PARAGRAPHS, TITLE, story


def descend_slowly(forest: Forest, row: np.ndarray) -> float:
    total = 0.0
    for at in forest.roots.tolist():
        while forest.children[2 * at] != at:
            value = row[forest.columns[forest.feature[at]]]
            at = forest.children[2 * at + int(value <= forest.threshold[at])]  # noqa: PLW2901
        total += float(forest.value[at])
    return total


def test_all_trees_at_once_say_what_one_after_the_other_says():
    forest = load_model().forests[-1]
    table = np.random.default_rng(1).normal(0, 20, (40, len(forest.columns))).astype(np.float32)
    slow = [descend_slowly(forest, row) for row in table]
    assert forest.log_odds(table) == pytest.approx(slow, abs=1e-4)
    assert forest.log_odds(table[:0]).shape == (0,)


def test_weights_of_other_features_are_refused(tmp_path):
    np.savez(tmp_path / "other.npz", features=np.array(["letters"]))
    with pytest.raises(ValueError, match="train_blocks"):
        load_model(tmp_path / "other.npz")


def test_features_have_a_figure_for_every_block_and_column():
    tree = document_fromstring(story())
    page = Page(found=walk(tree), metadata=Metadata(title=TITLE, titles=(TITLE,)))
    said = [Reference(ask(tree)) for ask in (ask_resiliparse, ask_trafilatura)]
    table = np.hstack([describe(page, {"body": 1.0}), *(hear(page.found, reference) for reference in said)])
    assert table.shape == (len(page.blocks), len(COLUMNS) + 2 * len(WITNESS))
    assert np.isfinite(table).all()
    empty = Page(found=walk(document_fromstring("<p></p>")), metadata=Metadata())
    assert describe(empty, {}).shape == (0, len(COLUMNS))


def test_witnesses_are_asked_only_in_doubt_and_the_slow_one_last():
    asked = []

    def witness(name: str) -> Callable[[], Reference]:
        def ask() -> Reference:
            asked.append(name)
            return Reference(PARAGRAPHS[:1])

        return ask

    witnesses = (witness("quick"), witness("slow"))
    model = load_model()
    sure = Page(found=walk(document_fromstring(story())), metadata=Metadata(title=TITLE, titles=(TITLE,)))
    model.probabilities(sure, witnesses)
    assert not asked
    torn = "".join(
        f"<div><div>{text[:60]}</div><div><a href='/x'>{text[:40]}</a> {text[40:80]}</div></div>"
        for text in PARAGRAPHS
    )
    model.probabilities(Page(found=walk(document_fromstring(torn)), metadata=Metadata()), witnesses)
    assert asked == ["quick", "slow"]


def test_a_witness_that_says_nothing_leaves_the_choice_as_it_was():
    page = Page(found=walk(document_fromstring(f"<p>{PARAGRAPHS[0]}</p>")), metadata=Metadata())
    model = load_model()
    mute = [lambda: Reference([])] * 2
    alone = model.forests[0].log_odds(describe(page, model.words))
    assert model.probabilities(page, mute) == pytest.approx(1 / (1 + np.exp(-alone)))


def test_a_sure_page_is_cut_at_a_half_and_an_unsure_one_lower():
    letters = np.array([100.0, 100.0, 100.0, 100.0])
    sure, unsure = np.array([0.99, 0.99, 0.02, 0.01]), np.array([0.3, 0.3, 0.01, 0.01])
    assert threshold(sure, letters, is_news=True) > 0.45
    assert threshold(unsure, letters, is_news=True) < 0.3
    assert expected_f1(np.ones(4), letters) == pytest.approx(1.0)


def test_doubled_text_keeps_one_copy_of_everything():
    folded = [fold(text) for text in (*PARAGRAPHS, *PARAGRAPHS)]
    assert without_twins(np.ones(12, bool), folded).tolist() == [True] * 6 + [False] * 6


def test_the_whole_article_in_one_block_goes_and_its_paragraphs_stay():
    folded = [fold(" ".join(PARAGRAPHS)), *(fold(text) for text in PARAGRAPHS)]
    assert without_twins(np.ones(7, bool), folded).tolist() == [False] + [True] * 6
    alone = np.array([True] + [False] * 6)
    assert without_twins(alone, folded).tolist() == alone.tolist()


def test_short_lines_may_stand_twice_but_not_one_after_the_other():
    keep = without_twins(np.ones(4, bool), ["yes", "yes", "no", "yes"])
    assert keep.tolist() == [True, False, True, True]


def test_a_short_line_inside_a_longer_one_is_no_sure_find():
    reference = Reference(["The council voted on the railway on Tuesday evening."])
    assert reference.share(fold("the railway")) == pytest.approx(0.3)
    assert reference.share(fold("voted on the railway on Tuesday evening")) == 1.0
    assert reference.share(fold("the railway on Tuesday evening, and then went home to sleep")) > 0.2
    assert Reference([]).share("x") == 0.0


@pytest.mark.parametrize("ask", [ask_resiliparse, ask_trafilatura])
def test_a_page_that_a_witness_cannot_read_is_no_error(ask):
    assert ask(document_fromstring("<p></p>")) == []


@pytest.mark.parametrize("ask", [ask_resiliparse, ask_trafilatura])
def test_a_witness_keeps_paragraphs_and_leaves_the_tree_as_it_was(ask):
    tree = document_fromstring(story())
    before = tostring(tree)
    said = Reference(ask(tree))
    assert all(said.share(fold(text)) > 0.9 for text in PARAGRAPHS)
    assert tostring(tree) == before


def test_no_witness_is_asked_of_a_page_whose_time_nothing_bounds(monkeypatch):
    asked = []
    monkeypatch.setattr("extractors.content.choose.ask_resiliparse", asked.append)
    names = " ".join(f'a{number}="x"' for number in range(2 * MAX_ATTRIBUTES))
    torn = "".join(f"<div><a href='/x'>{text[:40]}</a> {text[40:80]}</div>" for text in PARAGRAPHS)
    find_content(document_fromstring(f"<body {names}>{torn}"), Metadata(), Rules())
    assert not asked


def line(text: str, *, tag: str = "p", linked: int = 0) -> Block:
    node = Node(None, tag, "", 0, False)
    return Block(0, text, fold(text), node, node, len(fold(text)), linked, 0)


def test_an_unsure_page_that_is_no_news_is_given_the_benefit_of_the_doubt():
    blocks = [line("A short line of few letters"), *3 * [line(" ".join(PARAGRAPHS))]]
    chances = np.array([0.45, 0.35, 0.7, 0.7])
    assert choose(chances, blocks, is_news=True).tolist() == [False, False, True, True]
    assert choose(chances, blocks, is_news=False).all()
    sure = np.array([0.45, 0.35, 0.99, 0.99])
    assert choose(sure, blocks, is_news=False).tolist() == [False, False, True, True]


def test_short_lines_must_be_likelier_unless_they_are_rows():
    short, long = "A short line of few letters", " ".join(PARAGRAPHS)
    blocks = [line(short), line(short, tag="tr"), line(long), *3 * [line(long)]]
    chances = np.array([0.55, 0.55, 0.55, 0.99, 0.99, 0.99])
    assert choose(chances, blocks, is_news=False).tolist() == [False, True, True, True, True, True]


def test_on_a_news_page_short_lines_with_links_must_be_likeliest():
    text = "A line that leads on to another story about the town"
    blocks = [line(text), line(f"{text}."), line(text, linked=len(text)), line(" ".join(PARAGRAPHS))]
    chances = np.array([0.65, 0.65, 0.75, 0.99])
    assert choose(chances, blocks, is_news=False).tolist() == [True, True, True, True]
    assert choose(chances, blocks, is_news=True).tolist() == [False, True, False, True]
    assert choose(np.array([0.75, 0.65, 0.85, 0.99]), blocks, is_news=True).all()


def test_short_is_measured_in_what_a_script_s_letters_say():
    line_of_forty = "町の議会は火曜日の夜に港の古い鉄道をもう一度走らせることを賛成多数で決めたと発表している"
    blocks = [line(line_of_forty, linked=len(line_of_forty) // 2), line(" ".join(PARAGRAPHS))]
    assert choose(np.array([0.6, 0.99]), blocks, is_news=True).all()
