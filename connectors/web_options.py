"""How to fetch, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from connectors.addresses import WEB_PORTS, is_private_host
from connectors.errors import BadInput
from connectors.robots import AGENT

VERSION = "0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """How to fetch; plain values that flows take from the settings."""

    contact: str = ""  # e-mail or URL for site owners, part of the User-Agent
    proxy: str = ""  # http://[user:password@]host:port
    ca_bundle: str = ""  # PEM file of authorities to trust instead of the system's
    allow_private_hosts: bool = False
    ports: frozenset[int] = WEB_PORTS  # that URLs may name
    delay_seconds: float = 1.0  # between the end of an answer and the next request to its host
    deadline_seconds: float = 60.0  # for one try of one URL, all redirects included, waiting in queue not
    connect_seconds: float = 15.0
    read_seconds: float = 30.0  # silence before the headers, and within the body
    max_page_bytes: int = 10_000_000  # before and after decompression
    max_redirects: int = 8
    tries: int = 4  # of fetch_patiently
    patience_seconds: float = 300.0  # longest pause that a host may ask for within a run
    connections: int = 256  # open at once, over all hosts

    @property
    def user_agent(self) -> str:
        """Who we are and where to complain."""
        contact = " ".join(self.contact.split())
        return f"{AGENT}/{VERSION} (+{contact})" if contact else f"{AGENT}/{VERSION}"


def require_contact(options: WebOptions, urls: Iterable[str]) -> None:
    """
    Return if these URLs (or bare hosts) may be crawled by an agent that says so little of itself.

    Raises:
        BadInput: somebody else's site, and no contact is set.
    """
    if options.contact.strip():
        return
    for url in urls:
        if not is_private_host(url if "://" in url else f"http://{url}"):
            raise BadInput(
                f"set LRAHOS_CONTACT to your e-mail or a URL before crawling {url}: "
                "its owner must be able to reach you"
            )
