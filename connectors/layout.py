"""Where everything lies in the bucket: every key that lrahos writes is made here.

The date in a folder's name is the day of the run's plan, not the article's: a batch then makes one
shard a language, and doing it again writes the same keys whatever the pages say by now.
"""

from __future__ import annotations

import hashlib
import re

ARTICLES = "articles/"
REJECTED = "rejected/"
RAW = "raw/"
SITES = "sites/"
RUNS = "runs/"
REEXTRACT = "reextract"  # kind of the runs that judge raw pages again, and beginning of their names

# Names end up in keys, file names and Hive partitions: no slash, no "=", no space, no leading dot.
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MAX_NAME = 80


def safe_name(name: str) -> str:
    """A name that can stand in a key; names that had to be changed stay apart by a digest's 8 digits."""
    safe = _UNSAFE.sub("-", name)[:_MAX_NAME].strip("-.")
    if safe and safe == name:
        return safe
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{safe}-{digest}" if safe else digest


def articles_shard(*, language: str, date: str, name: str, run: str, batch: int) -> str:
    """The articles of one batch in one language; ``date`` is the run's day, ``name`` the site's or source's."""
    folder = f"{ARTICLES}language={safe_name(language or 'und')}/date={safe_name(date)}"
    return f"{folder}/{_shard(name, run, batch)}.parquet"


def rejected_shard(*, date: str, name: str, run: str, batch: int) -> str:
    """The pages of one batch that were looked at and not kept."""
    return f"{REJECTED}date={safe_name(date)}/{_shard(name, run, batch)}.parquet"


def raw_shard(*, site: str, date: str, run: str, batch: int) -> str:
    """The pages of one batch as fetched."""
    return f"{RAW}site={safe_name(site)}/date={safe_name(date)}/{safe_name(run)}-{_number(batch)}.warc.gz"


def frontier(site: str) -> str:
    """What is known of a site's URLs."""
    return f"{SITES}{safe_name(site)}/frontier.parquet"


def lease(site: str) -> str:
    """Who works on a site."""
    return f"{SITES}{safe_name(site)}/lease.json"


def profile(site: str) -> str:
    """What was learned of a site's pages."""
    return f"{SITES}{safe_name(site)}/profile.json"


def broken_profile(site: str) -> str:
    """A profile that could not be read, kept for whoever wants to know why."""
    return f"{SITES}{safe_name(site)}/profile-unreadable.json"


def is_profile(key: str) -> bool:
    """Whether a key is a site's profile."""
    return key.startswith(SITES) and key.endswith("/profile.json")


def name_of_raw(key: str) -> str:
    """The site's or source's name in a raw shard's key."""
    found = re.match(rf"{RAW}site=([^/]+)/", key)
    return found[1] if found else ""


def day_of_raw(key: str) -> str:
    """The day of the run that stored a raw shard, from its key; "" if the key is no such shard."""
    found = re.match(rf"{RAW}site=[^/]+/date=([^/]+)/", key)
    return found[1] if found else ""


def is_reextraction(run: str) -> bool:
    """Whether a run judged raw pages of the bucket again: its word on a page is the last."""
    return run.startswith(REEXTRACT + "-")


def plan(run: str) -> str:
    """What a run was to do; written first."""
    return f"{RUNS}{safe_name(run)}/plan.json"


def batches(run: str) -> str:
    """The folder of a run's markers."""
    return f"{RUNS}{safe_name(run)}/batches/"


def marker(run: str, batch: int) -> str:
    """The marker that says that a batch is done."""
    return f"{batches(run)}{_number(batch)}.json"


def manifest(run: str) -> str:
    """A finished run's markers, folded into one object."""
    return f"{RUNS}{safe_name(run)}/manifest.parquet"


def report(run: str) -> str:
    """What came of a run."""
    return f"{RUNS}{safe_name(run)}/report.json"


def language_of(shard: str) -> str:
    """The language of an articles shard, from its key; "" if the key is no such shard."""
    found = re.match(rf"{ARTICLES}language=([^/]+)/", shard)
    return found[1] if found else ""


def _shard(name: str, run: str, batch: int) -> str:
    return f"{safe_name(name)}-{safe_name(run)}-{_number(batch)}"


def _number(batch: int) -> str:
    """Padded, so that keys sort as numbers do."""
    return f"{batch:06d}"
