"""What a profile learns of a made site of 2,000 stories, what it costs, and what it cuts by mistake.

    python tests/benchmarks/benchmark_profiles.py [--sites N]

Lines of a site stand at the ends of its stories (an introduction at their beginning) as often as their
names say; each run has 50 stories, and cuts what the runs before it have learned. The thresholds of
connectors/profiles.py were set on these figures, and on the corpora's gold texts.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))

from connectors.profiles import END_LINES, Profile, StoryLines, line_key

RUNS, STORIES = 40, 50
BURST = range(600, 660)  # stories of a hot topic
AUTHORS = 20
EVERY = {
    "promotion, 40 %": ("Our newsroom is paid for by its readers: become a member.", 0.4),
    "newsletter, 6 %": ("Subscribe to the weekly letter of our science desk.", 0.06),
    "refrain, 1 %": ("Glory be to the mountains and the rivers of the valley, always.", 0.01),
}
INTRODUCTION = "In this series we visit people who keep an old craft alive."
COLUMN = "This column comes every week and answers what readers ask."
HOT = "The bridge fell in the great storm and has been closed ever since that day."


def lines_of(chance: random.Random, number: int) -> dict[str, str]:
    """The lines of one story, in order, each with the name of what it is."""
    lines = {
        f"Story {number} tells in line {line} what {chance.getrandbits(60)} did here.": ""
        for line in range(8)
    }
    if chance.random() < 0.1:
        lines = {INTRODUCTION: "introduction, 10 %", **lines}
    if chance.random() < 0.6:
        lines[f"{'abcdefghijklmnopqrst'[chance.randrange(AUTHORS)]} writes about the valley for us."] = (
            "author, 3 %"
        )
    if chance.random() < (0.5 if number in BURST else 0.01 if number >= BURST.stop else 0):
        lines[HOT] = "hot topic, half of 60, then 1 %"
    if number % 50 == 7:
        lines[COLUMN] = "weekly column, 2 %"
    lines.update({text: name for name, (text, share) in EVERY.items() if chance.random() < share})
    return lines


def live(seed: int, stood: Counter[str], cut: Counter[str]) -> Profile:
    """A site from its first run to its last; counts its lines, and those that were cut."""
    chance, profile = random.Random(seed), Profile(site="valley")
    for run in range(RUNS):
        stories = []
        for number in range(run * STORIES, (run + 1) * STORIES):
            lines = lines_of(chance, number)
            known = [text for text in lines if line_key(text) in profile.recurring]
            stood.update(lines.values())
            cut.update(lines[text] for text in known)
            kept = [text for text in lines if text not in known]
            signature = hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:16]
            stories.append(
                StoryLines(
                    site="valley", signature=signature, ends=tuple(kept[1:][-END_LINES:]), cut=tuple(known)
                )
            )
        profile.learn(stories, "2026-11-24", f"run {run}")
    return profile


def main() -> None:
    """Read the arguments, let the sites live, show it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, default=10)
    sites = parser.parse_args().sites
    stood: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    clock = time.process_time()
    profile = [live(seed, stood, cut) for seed in range(sites)][-1]
    seconds = (time.process_time() - clock) / sites
    table = Table(title=f"{sites} sites of {RUNS * STORIES:,} stories, in runs of {STORIES}")
    for column in ("line", "stands in", "cut from"):
        table.add_column(column, justify="left" if column == "line" else "right")
    for name, count in sorted(stood.items()):
        table.add_row(name or "the story's own", f"{count / sites:,.1f}", f"{cut[name] / sites:,.1f}")
    console = Console()
    console.print(table)
    stored = profile.to_json()
    clock = time.process_time()
    Profile.from_json(stored)
    console.print(
        f"{1e6 * seconds / (RUNS * STORIES):.0f} µs of CPU a story, the making of it included; "
        f"{len(profile.sightings):,} lines remembered in {len(stored) / 1000:.0f} kB, "
        f"read in {1000 * (time.process_time() - clock):.0f} ms"
    )


if __name__ == "__main__":
    main()
