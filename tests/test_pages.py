"""The test cases that are folders: a page, how it was fetched, and the verdict that matters."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from config.debris_phrases import load_phrases
from extractors.judging import judge
from extractors.records import Article, FetchedPage, Rules

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.parent for path in PAGES.rglob("page.json"))


@pytest.fixture(scope="module")
def rules():
    return Rules(phrases=load_phrases())


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.relative_to(PAGES).as_posix()) for case in CASES]
)
def test_page_becomes_the_verdict_beside_it(case, rules, update_pages, request):
    if wrong := json.loads((case / "page.json").read_text(encoding="utf-8")).get("known_wrong"):
        request.applymarker(pytest.mark.xfail(reason=wrong, strict=False))
    verdict = told(judge(read_page(case), rules))
    saved = case / "verdict.json"
    if update_pages:
        saved.write_text(json.dumps(verdict, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    wanted = json.loads(saved.read_text(encoding="utf-8"))
    missing = [cut for cut in wanted.pop("cuts", []) if cut not in verdict.get("cuts", [])]
    assert {field: verdict.get(field) for field in wanted} == wanted
    assert not missing, f"not cut, or for another reason: {missing}"


def read_page(case):
    about = json.loads((case / "page.json").read_text(encoding="utf-8"))
    body = next(case.glob("page.*ml"), case / "page.txt").read_bytes()
    return FetchedPage(
        url=about["url"],
        final_url=about["url"],
        fetched_at=datetime.fromisoformat(about["fetched_at"]),
        status=200,
        headers=tuple(about["headers"].items()),
        body=body,
    )


def told(verdict):
    """What of a verdict a case tells; ``cuts`` of a case need not be all."""
    if not isinstance(verdict, Article):
        return {"kind": "rejection", "reason": verdict.reason.value}
    return {
        "kind": "article",
        "title": verdict.title,
        "language": verdict.language,
        "authors": list(verdict.authors),
        "published": verdict.published,
        "dateline": verdict.dateline,
        "lead": verdict.lead,
        "captions": [image.caption for image in verdict.images if image.caption],
        "text": verdict.text.split("\n"),
        "cuts": [[cut.reason.value, cut.text] for cut in verdict.cuts],
    }
