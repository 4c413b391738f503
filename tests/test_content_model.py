"""The block model: trees in numpy, the choice, and what is never lost."""

from __future__ import annotations

import numpy as np
import pytest
from lxml.html import document_fromstring

from extractors.content.blocks import walk
from extractors.content.decide import choose, expected_f1, threshold, without_twins
from extractors.content.features import COLUMNS, Page, describe
from extractors.content.forest import Forest
from extractors.content.model import load_model
from extractors.content.support import Reference, fold
from extractors.content.witness import hear_witness
from extractors.content.witnessing import WITNESS, hear
from extractors.findings import Metadata
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
    forest = load_model().heard
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
    table = np.hstack([describe(page, {"body": 1.0}), hear(page.found, Reference(hear_witness(tree)))])
    assert table.shape == (len(page.blocks), len(COLUMNS) + len(WITNESS))
    assert np.isfinite(table).all()
    empty = Page(found=walk(document_fromstring("<p></p>")), metadata=Metadata())
    assert describe(empty, {}).shape == (0, len(COLUMNS))


def test_the_witness_is_asked_only_in_doubt():
    asked = []

    def witness() -> Reference:
        asked.append(True)
        return Reference(PARAGRAPHS)

    model = load_model()
    sure = Page(found=walk(document_fromstring(story())), metadata=Metadata(title=TITLE, titles=(TITLE,)))
    model.probabilities(sure, witness)
    assert not asked
    torn = "".join(
        f"<div><div>{text[:60]}</div><div><a href='/x'>{text[:40]}</a> {text[40:80]}</div></div>"
        for text in PARAGRAPHS
    )
    model.probabilities(Page(found=walk(document_fromstring(torn)), metadata=Metadata()), witness)
    assert asked


def test_a_sure_page_is_cut_at_a_half_and_an_unsure_one_lower():
    letters = np.array([100.0, 100.0, 100.0, 100.0])
    assert threshold(np.array([0.99, 0.99, 0.02, 0.01]), letters) > 0.45
    assert threshold(np.array([0.3, 0.3, 0.01, 0.01]), letters) < 0.3
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


def test_a_page_that_the_witness_cannot_read_is_no_error():
    assert hear_witness(document_fromstring("<p></p>")) == []


def test_short_lines_must_be_likelier_unless_they_are_rows():
    chances, letters = np.array([0.55, 0.55, 0.55, 0.9]), np.array([30.0, 30.0, 300.0, 300.0])
    is_row = np.array([False, True, False, False])
    assert choose(chances, letters, is_row).tolist() == [False, True, True, True]
