"""The browser that pages are rendered with: one that is installed; none is ever downloaded."""

from __future__ import annotations

import importlib.util
import shutil

from connectors.errors import BadInput

USUAL_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium(setting: str, site: str) -> str:
    """The path of the browser to render with.

    Args:
        setting: ``LRAHOS_CHROMIUM``, a path or a command's name; "" looks for the usual names.
        site: the name of a site that asks for rendering, for the message.

    Raises:
        BadInput: Playwright or the browser is not there; the message says what to install.
    """
    if importlib.util.find_spec("playwright") is None:
        raise BadInput(
            f"{site} asks for rendering, and Playwright is not installed: pip install 'playwright>=1.50' "
            "(the extra lrahos[render]), or take `render` out of the site's file"
        )
    names = (setting,) if setting else USUAL_NAMES
    found = next((path for path in map(shutil.which, names) if path), "")
    if found:
        return found
    if setting:
        raise BadInput(f"LRAHOS_CHROMIUM={setting} is no program; name an installed Chromium or Chrome")
    raise BadInput(
        f"{site} asks for rendering, and there is no Chromium: install it (apt-get install chromium), "
        "or set LRAHOS_CHROMIUM to the path of one"
    )
