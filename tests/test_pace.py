import asyncio
import time

import pytest

from connectors.errors import TryLater
from connectors.pace import Pace, host_key
from extractors.records import Fate

HERE = "https://news.example/a"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.news.example/a", "news.example"),
        ("http://NEWS.example:80/", "news.example"),
        ("https://news.example:443", "news.example"),
        ("http://news.example:8080/", "news.example:8080"),
        ("https://m.news.example/", "m.news.example"),
    ],
)
def test_a_host_has_one_queue_whatever_its_urls_look_like(url, key):
    assert host_key(url) == key


async def test_no_two_requests_to_a_host_overlap_and_other_hosts_do_not_wait():
    pace = Pace()
    order = []

    async def visit(url, name):
        async with pace.turn(url, 0.0):
            order.append(f"{name} in")
            await asyncio.sleep(0.02)
            order.append(f"{name} out")

    await asyncio.gather(
        visit(HERE, "a"), visit("http://www.news.example/b", "b"), visit("https://other.example", "c")
    )
    assert order.index("a out") < order.index("b in")
    assert order.index("c in") < order.index("a out")


async def test_those_who_wait_are_served_in_order():
    pace = Pace()
    served = []

    async def visit(number):
        async with pace.turn(HERE, 0.0):
            served.append(number)

    await asyncio.gather(*(visit(number) for number in range(20)))
    assert served == list(range(20))


async def test_the_delay_runs_from_the_end_of_the_last_answer():
    pace = Pace()
    async with pace.turn(HERE, 0.1):
        await asyncio.sleep(0.05)
        ended = time.monotonic()
    async with pace.turn(HERE, 0.1):
        assert time.monotonic() - ended >= 0.095


async def test_a_turn_that_fails_gives_the_place_back():
    pace = Pace()
    with pytest.raises(ZeroDivisionError):
        async with pace.turn(HERE, 0.0):
            raise ZeroDivisionError
    async with asyncio.timeout(1), pace.turn(HERE, 0.0):
        pass


def test_the_delay_is_never_shorter_than_the_sites_or_the_robots():
    pace = Pace()
    pace.answered(HERE, 0.001)
    assert pace.delay_seconds(HERE, 2.0) == 2.0
    pace.set_robots_delay(HERE, 5.0)
    assert pace.delay_seconds(HERE, 2.0) == 5.0
    assert pace.delay_seconds(HERE, 9.0) == 9.0


def test_one_slow_answer_is_soon_forgotten():
    pace = Pace()
    pace.answered(HERE, 20.0)
    assert pace.delay_seconds(HERE, 1.0) < 10.0
    pace.answered(HERE, 0.1)
    assert pace.delay_seconds(HERE, 1.0) == 1.0


def test_a_slow_host_gets_as_much_rest_as_it_takes():
    pace = Pace()
    for _ in range(20):
        pace.answered(HERE, 8.0)
    assert pace.delay_seconds(HERE, 1.0) == pytest.approx(8.0, rel=0.01)
    for _ in range(40):
        pace.answered(HERE, 0.1)
    assert pace.delay_seconds(HERE, 1.0) == 1.0


def test_trouble_slows_and_good_answers_ease():
    pace = Pace()
    delays = []
    for _ in range(4):
        pace.failed(HERE, points=0)
        delays.append(pace.delay_seconds(HERE, 1.0))
    assert delays == sorted(delays)
    assert delays[-1] > 2 * delays[0]
    for _ in range(30):
        pace.answered(HERE, 0.0)
    assert pace.delay_seconds(HERE, 1.0) == 1.0


def test_trouble_has_an_upper_bound():
    pace = Pace()
    for _ in range(100):
        pace.failed(HERE, points=0)
    assert pace.delay_seconds(HERE, 1.0) <= 61.0


async def test_after_failures_in_a_row_a_host_is_left_alone_at_once():
    pace = Pace()
    for _ in range(5):
        assert not pace.is_dead(HERE)
        pace.failed(HERE, points=2)
    assert pace.is_dead(HERE)
    with pytest.raises(TryLater) as caught:
        async with pace.turn(HERE, 0.0):
            pass
    assert caught.value.fate is Fate.UNREACHABLE
    assert caught.value.after_seconds > 30
    assert not pace.is_dead("https://other.example/")


def test_a_good_answer_between_failures_starts_the_count_anew():
    pace = Pace()
    for _ in range(10):
        pace.failed(HERE, points=2)
        pace.answered(HERE, 0.1)
    assert not pace.is_dead(HERE)


def test_too_many_requests_never_make_a_host_dead():
    pace = Pace()
    for _ in range(50):
        pace.failed(HERE, points=0)
    assert not pace.is_dead(HERE)


async def test_a_pause_beyond_our_patience_is_told_and_not_sat_out():
    pace = Pace(patience_seconds=10.0)
    pace.pause(HERE, 100.0)
    with pytest.raises(TryLater) as caught:
        async with pace.turn(HERE, 0.0):
            pass
    assert caught.value.fate is Fate.SERVER_ERROR
    assert 90 < caught.value.after_seconds <= 100


async def test_a_short_pause_is_sat_out():
    pace = Pace()
    pace.pause(HERE, 0.1)
    started = time.monotonic()
    async with pace.turn(HERE, 0.0):
        assert time.monotonic() - started >= 0.095
