"""Options and values that several tests share."""

import pytest
from hypothesis import settings

# A deadline on an example is a timing assertion: the machine is noisy.
settings.register_profile("lrahos", deadline=None)
settings.load_profile("lrahos")


def pytest_addoption(parser):
    parser.addoption(
        "--update-pages",
        action="store_true",
        help="rewrite tests/pages/**/verdict.json from what judge says now; review the difference like code",
    )


@pytest.fixture
def update_pages(request):
    return request.config.getoption("--update-pages")
