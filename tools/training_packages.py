"""The packages that training needs and lrahos itself does not: the extra ``train`` of pyproject.toml."""

from __future__ import annotations

import sys
from importlib.util import find_spec

PACKAGES = {"lightgbm": "lightgbm", "sklearn": "scikit-learn", "tldextract": "tldextract"}  # module: package
INSTALL = "pip install -c constraints.txt -e '.[train]'"


def require_packages(name: str, description: str | None, *modules: str) -> None:
    """End a tool with one line where it cannot import what it needs; with ``--help``, say first what it does.

    Args:
        name: the tool's ``__name__``; what is imported and not run raises ImportError as ever.
        description: the tool's docstring.
        modules: keys of ``PACKAGES``.
    """
    missing = [PACKAGES[module] for module in modules if find_spec(module) is None]
    if name != "__main__" or not missing:
        return
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(description)
    raise SystemExit(f"{sys.argv[0]} needs {' and '.join(missing)}: {INSTALL}")
