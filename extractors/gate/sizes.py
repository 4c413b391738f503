"""How much text makes what, in letters of an English text that says as much.

Set on the labelled pages: no article of the corpora is refused, see tests/benchmarks/benchmark_gate.py.
"""

from __future__ import annotations

LONG = 1500.0  # weight of paragraphs from which a page is no wall, whatever stands around them
STUB = 400.0  # weight that a wall's own text and an article's first paragraph have at most
WEAK = 250.0  # weight of paragraphs that leave room for doubt
SHORT_NEWS = 150.0  # weight of paragraphs that make a short news item
