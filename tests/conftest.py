"""Options and values that several tests share."""

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--update-pages",
        action="store_true",
        help="rewrite tests/pages/**/verdict.json from what judge says now; review the difference like code",
    )


@pytest.fixture
def update_pages(request):
    return request.config.getoption("--update-pages")
