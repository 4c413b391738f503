"""What differs from machine to machine: ``LRAHOS_*`` environment variables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from extractors.records import LiveBlogs


class Settings(BaseSettings):
    """Built once at the top of a flow or a command; credentials stay in boto3's own chain."""

    model_config = SettingsConfigDict(env_prefix="LRAHOS_", frozen=True, extra="forbid")

    bucket: str = "file:data"  # file:DIR or s3://BUCKET/PREFIX
    s3_endpoint: str = ""  # https://host:port of an S3-compatible store; "" is AWS
    s3_region: str = ""  # "" leaves it to boto3's chain
    s3_addressing: Literal["auto", "path", "virtual"] = "auto"
    s3_checksums: Literal["when_required", "when_supported"] = "when_required"  # many stores refuse more

    contact: str = ""  # e-mail or URL that site owners can write to; part of the User-Agent
    proxy: str = ""  # http://[user:password@]host:port
    ca_bundle: str = ""  # PEM file of certificate authorities to trust instead of the system's
    allow_private_hosts: bool = False  # crawl loopback and private addresses: for tests and intranets
    delay_seconds: float = Field(default=1.0, ge=0, le=3600)  # between two requests to one host
    deadline_seconds: float = Field(default=60.0, gt=0, le=3600)  # for one URL, all redirects included
    max_page_bytes: int = Field(default=10_000_000, gt=0)  # after decompression

    run_pages: int = Field(default=0, ge=0)  # fetched in one run at most; 0: no limit
    run_bytes: int = Field(default=0, ge=0)  # of bodies, likewise
    run_seconds: float = Field(default=0, ge=0)  # after which nothing more is asked for; likewise

    chromium: str = ""  # browser for sites with `render: true`; "" looks for an installed one
    sites_dir: str = ""  # folder with site files; "" takes the ones that lrahos ships
    batch_pages: int = Field(default=100, ge=1, le=200)
    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256)  # judging processes
    always_langdetect: bool = False  # ask langdetect for every text, for audits
    live_blogs: LiveBlogs = "keep"  # or "refuse", where a site's file does not say

    @field_validator("contact")
    @classmethod
    def _can_be_written_to(cls, contact: str) -> str:
        if contact and "@" not in contact and "://" not in contact:
            raise PydanticCustomError("contact", "neither an e-mail address nor a URL")
        return contact

    @field_validator("proxy", "s3_endpoint")
    @classmethod
    def _has_a_scheme(cls, address: str) -> str:
        """Without this a crawl would blame its pages for the proxy that is none."""
        if address and not address.lower().startswith(("http://", "https://")):
            raise PydanticCustomError("address", "write it as http://HOST:PORT")
        return address

    @property
    def sites_path(self) -> Path:
        """The folder that site files are read from."""
        return Path(self.sites_dir) if self.sites_dir else Path(__file__).parent / "sites"
