"""A small news site of our own writing, to try everything on without the internet.

Thirteen articles in eight languages and four scripts, in two page templates, with debris of every
kind around them; besides a video page, a section page and a "not found" page that answers 200::

    with serve_in_thread() as base_url:
        ...  # http://127.0.0.1:PORT

``EXPECTED`` says what each page should become.
"""

from flows.demo_site.expected import EXPECTED, Expected
from flows.demo_site.serving import serve, serve_in_thread

__all__ = ["EXPECTED", "Expected", "serve", "serve_in_thread"]
