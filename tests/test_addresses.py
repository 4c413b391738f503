import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.addresses import (
    ForbiddenAddressError,
    Guard,
    GuardedResolver,
    is_open,
    is_private_host,
    read_literal,
)
from connectors.errors import BadInput, GiveUp
from extractors.records import Fate
from tests.web_server import FakeResolver


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
    ],
)
def test_reserved_addresses_are_closed(address):
    assert not is_open(ipaddress.ip_address(address))
    with pytest.raises(ForbiddenAddressError):
        Guard().check_address(address)
    Guard(allow_private=True).check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.0.0.1",
        "128.0.0.1",
        "169.253.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_public_addresses_are_open(address):
    assert is_open(ipaddress.ip_address(address))
    Guard().check_address(address)


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_an_ipv4_address_reads_the_same(number):
    address = ipaddress.IPv4Address(number)
    first, second, third, fourth = address.packed
    for spelling in (
        str(address),
        str(number),
        hex(number),
        f"0{number:o}",
        f"0x{first:x}.{second}.0{third:o}.{fourth}",
        f"{first}.{number & 0xFFFFFF}",
        f"{first}.{second}.{number & 0xFFFF}",
    ):
        assert read_literal(spelling) == address


@pytest.mark.parametrize(
    "name", ["news.example", "1.example", "0x.example", "cafe", "a.b.c.d", "1-2.example"]
)
def test_names_are_no_literals(name):
    assert read_literal(name) is None


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "a.localhost",
        "printer.local",
        "metadata.google.internal",
        "box.lan",
        "nas.home",
        "router.home.arpa",
        "intranet",
        "x.corp",
        "db",
        "256.1.1.1",
        "1.2.3.4.5",
        "0x1ffffffff",
        "99999999999",
    ],
)
def test_local_names_and_broken_numbers_are_closed(host):
    assert is_private_host(f"http://{host}/")
    with pytest.raises(GiveUp) as caught:
        Guard().check_url(f"http://{host}/")
    assert caught.value.fate is Fate.FORBIDDEN_ADDRESS


def test_what_is_no_url_is_said_to_be_none():
    with pytest.raises(BadInput, match="is no URL of a page: write it as https://host/path"):
        is_private_host("http://[::1")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a",
        "http://localnews.example",
        "https://internal.news.example/",
        "https://news.example:443/",
        "https://8.8.8.8/",
        "https://xn--80a.example/",
        "https://under_score.news.example/",
    ],
)
def test_ordinary_urls_pass(url):
    assert str(Guard().check_url(url)).rstrip("/") == url.rstrip("/").replace(":443", "") or url.endswith(
        ":443/"
    )


def test_a_url_of_thousands_of_letters_is_a_trap():
    with pytest.raises(GiveUp) as caught:
        Guard().check_url("https://news.example/" + "a/" * 5000)
    assert caught.value.fate is Fate.BAD_RESPONSE


async def test_closed_addresses_are_struck_from_an_answer():
    names = {"a.example": ["10.0.0.1", "8.8.8.8", "fe80::1%eth0", "::1"], "b.example": ["127.0.0.1"]}
    resolver = GuardedResolver(Guard(), FakeResolver(names))
    assert [one["host"] for one in await resolver.resolve("a.example")] == ["8.8.8.8"]
    with pytest.raises(ForbiddenAddressError):
        await resolver.resolve("b.example")


@pytest.mark.parametrize(
    ("family", "address"),
    [
        (socket.AF_INET, ("127.0.0.1", 80)),
        (socket.AF_INET6, ("::1", 80, 0, 0)),
        (socket.AF_INET6, ("::ffff:192.168.0.1", 80, 0, 0)),
        (socket.AF_INET6, ("fe80::1%1", 80, 0, 1)),
        (socket.AF_INET, ("not-an-address", 80)),
    ],
)
def test_no_socket_is_made_for_a_closed_address(family, address):
    with pytest.raises(ForbiddenAddressError):
        Guard().open_socket((family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", address))


def test_a_socket_is_made_for_an_open_address():
    made = Guard().open_socket((socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("8.8.8.8", 80)))
    made.close()
