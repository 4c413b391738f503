"""What a site's profile learns from its stories, keeps and forgets."""

from __future__ import annotations

import hashlib
import json

import pytest

from connectors.errors import BadInput
from connectors.profiles import (
    CHECK_STORIES,
    LEAST_SHARE,
    MOST_RECURRING,
    MOST_SIGHTINGS,
    NewerProfileError,
    Profile,
    StoryLines,
    line_key,
)
from extractors.content.support import fold

DAY = "2026-11-24"
PROMO = "Write to the people of our newsroom whenever you like."


def story(number: int, *ends: str, cut: tuple[str, ...] = ()) -> StoryLines:
    signature = hashlib.sha256(str(number).encode()).hexdigest()[:16]
    return StoryLines(site="valley", signature=signature, ends=ends, cut=cut)


def own_line(number: int) -> str:
    return f"What happened in valley number {number} is told in this line alone."


def learned(*stories: StoryLines) -> Profile:
    profile = Profile(site="valley")
    profile.learn(stories, DAY, "run")
    return profile


def texts(profile: Profile) -> list[str]:
    return [line.text for line in profile.recurring.values()]


def test_a_line_at_the_end_of_three_stories_recurs():
    assert texts(learned(*(story(n, own_line(n), PROMO) for n in range(2)))) == []
    profile = learned(*(story(n, own_line(n), PROMO) for n in range(3)))
    assert texts(profile) == [PROMO]
    assert [line.stories for line in profile.recurring.values()] == [3]


def test_a_line_that_is_cut_from_most_stories_is_learned_from_the_one_that_kept_it():
    cut = [story(n, own_line(n), cut=(PROMO,)) for n in range(2)]
    assert texts(learned(*cut, story(2, own_line(2), PROMO))) == [PROMO]
    assert texts(learned(*cut, story(2, own_line(2)), story(3, own_line(3), cut=(PROMO,)))) == []
    profile = learned(story(2, own_line(2), PROMO))
    profile.learn(cut, DAY, "later")
    assert texts(profile) == [PROMO]


def test_what_is_always_cut_takes_no_room():
    profile = learned(*(story(n, own_line(n), cut=(PROMO,)) for n in range(9)))
    assert len(profile.sightings) == 9


def test_white_space_case_and_punctuation_make_no_other_line():
    found = learned(story(1, PROMO), story(2, PROMO.upper()), story(3, PROMO.replace(" ", "  ").strip(".")))
    assert texts(found) == [PROMO.replace(" ", "  ").strip(".")]


def test_a_story_that_changes_or_has_several_addresses_counts_once():
    changed = story(1, own_line(1), PROMO)
    near = StoryLines(site="valley", signature=f"{int(changed.signature, 16) ^ 7:016x}", ends=changed.ends)
    profile = learned(changed, near, changed, story(2, own_line(2), PROMO))
    assert texts(profile) == []
    assert profile.stories == 2


def test_what_few_of_many_stories_say_does_not_recur():
    few = int(1 / LEAST_SHARE) + 1
    stories = [story(n, own_line(n), *([] if n % few else [PROMO])) for n in range(10 * few)]
    assert texts(learned(*stories)) == []
    often = [story(n, own_line(n), *([] if n % (few - 2) else [PROMO])) for n in range(10 * few)]
    assert texts(learned(*often)) == [PROMO]


def test_a_line_that_was_frequent_for_a_while_is_given_back():
    profile = learned(*(story(n, own_line(n), PROMO) for n in range(40)))
    assert texts(profile) == [PROMO]
    rare = [story(n, own_line(n), *([] if n % 50 else [PROMO])) for n in range(100, 100 + 2 * CHECK_STORIES)]
    profile.learn(rare[:CHECK_STORIES], DAY, "later")
    profile.learn(rare[CHECK_STORIES:], DAY, "much later")
    assert texts(profile) == []


def test_short_lines_and_numbers_are_told_apart_by_nothing():
    assert (
        texts(learned(*(story(n, "See you tomorrow.", "1 2 3 4 5 6 7 8 9 10 11 12 13 14") for n in range(9))))
        == []
    )


def test_a_whole_article_in_one_line_is_no_line_that_recurs():
    long = "Our newsroom is paid for by its readers. " * 40
    assert texts(learned(*(story(n, own_line(n), long) for n in range(9)))) == []


def test_one_story_a_run_is_enough():
    stored = Profile(site="valley").to_json()
    for number in range(3):
        profile = Profile.from_json(stored)
        profile.learn([story(number, own_line(number), PROMO)], DAY, f"run {number}")
        stored = profile.to_json()
    assert texts(Profile.from_json(stored)) == [PROMO]


def test_learning_from_a_run_again_changes_nothing():
    profile = learned(*(story(n, own_line(n), PROMO) for n in range(3)))
    before = profile.to_json()
    assert profile.learn([story(7, own_line(7), PROMO)], DAY, "run") == 0
    assert profile.to_json() == before


def test_a_stored_profile_is_the_same_profile():
    profile = learned(*(story(n, own_line(n), PROMO) for n in range(5)))
    assert Profile.from_json(profile.to_json()) == profile


def test_a_line_that_is_cut_is_still_seen_and_one_that_is_gone_is_forgotten():
    profile = learned(*(story(n, own_line(n), PROMO) for n in range(3)))
    for month in range(3):
        numbers = range(1000 * (month + 1), 1000 * (month + 1) + CHECK_STORIES)
        profile.learn(
            [story(n, own_line(n), cut=(PROMO,)) for n in numbers], f"2027-0{month + 1}-01", f"run {month}"
        )
    [line] = profile.recurring.values()
    assert (line.stories, line.first, line.last) == (3 + 3 * CHECK_STORIES, DAY, "2027-03-01")
    profile.learn([story(n, own_line(n)) for n in range(5000, 5020)], "2028-01-01", "few stories")
    assert texts(profile) == [PROMO]
    profile.learn([story(n, own_line(n)) for n in range(6000, 6000 + CHECK_STORIES)], "2028-01-02", "many")
    assert texts(profile) == []


def test_of_too_many_lines_the_most_frequent_stay():
    lines = [
        f"Line of the house number {chr(97 + n // 26)}{chr(97 + n % 26)} stands here"
        for n in range(MOST_RECURRING + 9)
    ]
    profile = Profile(site="valley")
    profile.learn([story(n, own_line(n), *lines[9:]) for n in range(3)], DAY, "a run")
    profile.learn([story(n, own_line(n), *lines) for n in range(10, 14)], DAY, "another")
    assert set(texts(profile)) == set(lines[9:])


def test_memory_has_a_bound():
    stories = [story(n, *(own_line(10 * n + at) for at in range(4))) for n in range(MOST_SIGHTINGS // 4 + 50)]
    profile = learned(*stories)
    assert len(profile.sightings) == MOST_SIGHTINGS
    assert len(profile.to_json()) < 500_000


@pytest.mark.parametrize(
    "stored",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"schema_version": 1}', b'{"schema_version": "x"}', b"null"],
    ids=repr,
)
def test_what_is_no_profile_is_refused(stored):
    with pytest.raises(BadInput, match="no profile"):
        Profile.from_json(stored)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stories", None),
        ("runs", 3),
        ("recurring", [{"text": "no more than this"}]),
        ("recurring", ["a line"]),
        ("sightings", "AAAA"),
        ("sightings", "not base64"),
        ("sightings", None),
    ],
    ids=str,
)
def test_a_profile_with_a_broken_part_is_refused_whole(name, value):
    found = json.loads(learned(*(story(n, PROMO) for n in range(3))).to_json())
    with pytest.raises(BadInput, match="no profile"):
        Profile.from_json(json.dumps({**found, name: value}).encode())


def test_a_profile_of_a_newer_lrahos_says_so():
    with pytest.raises(NewerProfileError, match="schema 99"):
        Profile.from_json(b'{"schema_version": 99, "anything": "else"}')


@pytest.mark.parametrize(
    "text",
    [
        "Read_more: here!",
        "ԿԱՐԴԱՑԵ՛Ք նաև",
        "Straße — 24",
        "क्या हुआ?",
        "한국어 기사",
        "İstanbul’da",
        "a\u0301e\u0301",
    ],
)
def test_lines_are_folded_as_the_content_folds_them(text):
    assert line_key(text) == fold(text)
