"""
Which addresses a crawl may touch, checked on the URL, on the name's answer and on the socket.

A page, a feed, a sitemap and a redirect all name URLs that strangers chose. Three checks stand
one behind the other, so that no trick with spelling or with DNS passes all of them:

1. ``check_url``: scheme, port, credentials, every spelling of a literal address, reserved names.
2. ``GuardedResolver``: closed addresses are struck from what a name resolves to.
3. ``open_socket``: the address that is really connected to, the last word.

Behind a proxy only the first is ours to hold: the proxy resolves and connects.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import AddrInfoType
from yarl import URL

from connectors.errors import BadInput, GiveUp
from extractors.records import Fate

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_RESOLVER_THREADS = 64
WEB_PORTS = frozenset({80, 443})

# IANA's special-purpose registry for IPv4, multicast, and one cloud's host agent that lies in public space.
# A list of our own, because ``is_global`` changed between the patch releases of Python 3.11 and 3.12.
_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
    ]
)
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")  # all that is handed out as global unicast
_CLOSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    # protocol assignments with Teredo, documentation, 6to4, documentation
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_MAPPED_V6 = tuple(
    ipaddress.IPv6Network(network)
    # IPv4-mapped, and NAT64, by which a network without IPv4 reaches the rest of the web
    for network in ("::ffff:0:0/96", "64:ff9b::/96")
)

_NUMERIC_HOST = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+)){0,3}")
_CLOSED_NAME = re.compile(
    r"(.+\.)?(localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|onion)"
)
_HOST = re.compile(r"[\w.:%-]+")
_MAX_URL_LETTERS = 4096  # longer ones are traps: calendars that append to themselves, session keys


class ForbiddenAddressError(OSError):
    """A closed address was about to be connected to; an OSError, so that aiohttp carries it up."""

    def __init__(self) -> None:
        super().__init__("closed address")


def is_open(address: Address) -> bool:
    """Whether the address belongs to the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    if any(address in network for network in _MAPPED_V6):
        return is_open(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


def read_literal(host: str) -> Address | None:
    """
    The address that a host spells, None if it is a name.

    All forms that a C library takes are read: dotted, short ("127.1"), decimal ("2130706433"),
    octal ("0177.0.0.1"), hexadecimal, IPv6 with or without a scope.
    """
    bare = host.strip("[]").partition("%")[0]
    if ":" in bare:
        return ipaddress.IPv6Address(bare)
    if _NUMERIC_HOST.fullmatch(bare):
        return ipaddress.IPv4Address(socket.inet_aton(bare))
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What may be reached."""

    allow_private: bool = False  # loopback, private networks, any port: for tests and intranets
    ports: frozenset[int] = WEB_PORTS  # ports that URLs may name

    def check_url(self, url: str) -> URL:
        """
        The URL, parsed by the one parser that the request will use, if it may be asked for.

        Args:
            url: absolute and escaped already.

        Raises:
            GiveUp: ``FORBIDDEN_ADDRESS`` for a closed host, scheme or port, ``BAD_RESPONSE`` for no URL.
        """
        if len(url) > _MAX_URL_LETTERS:
            raise GiveUp(f"{url[:80]}…: the URL has {len(url)} letters", fate=Fate.BAD_RESPONSE)
        try:
            target = URL(url, encoded=True)
            host, port = target.host or "", target.explicit_port
        except ValueError as error:
            raise GiveUp(f"{url}: no URL: {error}", fate=Fate.BAD_RESPONSE) from error
        if target.scheme not in {"http", "https"}:
            raise GiveUp(f"{url}: neither http nor https", fate=Fate.FORBIDDEN_ADDRESS)
        if not _HOST.fullmatch(host):  # no space, backslash or at-sign that another parser reads otherwise
            raise GiveUp(f"{url}: no host", fate=Fate.BAD_RESPONSE)
        if target.user is not None or target.password is not None:
            raise GiveUp(f"{url}: credentials in the URL", fate=Fate.FORBIDDEN_ADDRESS)
        if self.allow_private:
            return target
        if port is not None and port not in self.ports:
            raise GiveUp(f"{url}: port {port} is closed", fate=Fate.FORBIDDEN_ADDRESS)
        if not _is_open_host(_fold_host(host)):
            raise GiveUp(f"{url}: a closed address or name", fate=Fate.FORBIDDEN_ADDRESS)
        return target

    def check_address(self, address: str) -> None:
        """Return if this numeric address may be connected to, else raise ``ForbiddenAddressError``."""
        if self.allow_private:
            return
        try:
            is_closed = not is_open(ipaddress.ip_address(address.partition("%")[0]))
        except ValueError:
            is_closed = True
        if is_closed:
            raise ForbiddenAddressError

    def open_socket(self, info: AddrInfoType) -> socket.socket:
        """A socket for aiohttp to connect; the place no DNS answer or spelling gets around."""
        family, kind, protocol, _, sockaddr = info
        self.check_address(str(sockaddr[0]))
        return socket.socket(family=family, type=kind, proto=protocol)


class SystemResolver(AbstractResolver):
    """The system's resolver with threads of its own: names that take long to fail hold up no other."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="resolve")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All addresses of a name; OSError if there are none."""
        ask = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
        infos = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, address in infos
        ]

    async def close(self) -> None:
        """Let go of the threads; lookups that hang end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class GuardedResolver(AbstractResolver):
    """Resolves names and strikes out the closed addresses of the answer."""

    def __init__(self, guard: Guard, inner: AbstractResolver | None = None) -> None:
        self._guard = guard
        self._inner = inner or SystemResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """
        The open addresses of a name.

        Raises:
            ForbiddenAddressError: there are addresses, and all of them are closed.
            OSError: there is no such name.
        """
        found = await self._inner.resolve(host, port, family)
        kept = list(self._open_ones(found))
        if found and not kept:
            raise ForbiddenAddressError
        return kept

    def _open_ones(self, found: Iterable[ResolveResult]) -> Iterable[ResolveResult]:
        for result in found:
            try:
                self._guard.check_address(result["host"])
            except ForbiddenAddressError:
                continue
            yield result

    async def close(self) -> None:
        """Close the inner resolver."""
        await self._inner.close()


def is_private_host(url: str) -> bool:
    """Whether the URL's host is closed as written: loopback, a private literal, a local name.

    Raises:
        BadInput: no URL, brackets that do not close say.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError as error:
        raise BadInput(f"{url} is no URL of a page: write it as https://host/path") from error
    return not _is_open_host(_fold_host(host))


def _fold_host(host: str) -> str:
    """Lower case, width and look-alike digits folded ("①⑦" is 17), full stop at the end gone."""
    folded = unicodedata.normalize("NFKC", host).lower()
    return folded.replace("。", ".").rstrip(".")


def _is_open_host(host: str) -> bool:
    try:
        literal = read_literal(host)
    except (ValueError, OSError):  # looks like a number and is no address
        return False
    if literal is not None:
        return is_open(literal)
    label = host.rpartition(".")[2]  # no top-level name is a number; "1.2.3.4.5" is neither name nor address
    return "." in host and not _NUMERIC_HOST.fullmatch(label) and not _CLOSED_NAME.fullmatch(host)
