"""Is everything set up? One line for each thing that a run needs."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from config.debris_phrases import load_phrases
from config.settings import Settings
from config.site import load_sites
from flows.console import out, print_json


def check(
    create: Annotated[
        bool, typer.Option("--create-bucket", help="Make the bucket if it is not there.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Prove that settings, site files and the bucket are good; exit code 1 and one line if not."""
    from connectors.bucket import create_bucket
    from flows.run_context import bucket_spec

    settings = Settings()
    asyncio.run(_prove_web(settings))
    sites = load_sites(settings.sites_path)
    phrases = load_phrases()
    spec = bucket_spec(settings)
    if create:
        create_bucket(spec.url, spec.options)
    bucket = spec.open()
    bucket.check()
    found = {
        "bucket": spec.url,
        "conditional_writes": bucket.has_conditional_writes,
        "sites": len(sites),
        "phrases": len(phrases),
        "contact": settings.contact,
        "jobs": settings.jobs,
    }
    if as_json:
        print_json(found)
        return
    out.print(f"bucket   {spec.url}: written, read back and deleted a small object")
    if not bucket.has_conditional_writes:
        out.print("         it ignores conditional writes: run one crawl of a site at a time")
    out.print(f"sites    {len(sites)} good files in {settings.sites_path}")
    out.print(f"debris   {len(phrases)} phrases")
    out.print(
        f"contact  {settings.contact or 'not set: LRAHOS_CONTACT is needed to crawl other people’s sites'}"
    )
    out.print(f"judging  in {settings.jobs} processes")


async def _prove_web(settings: Settings) -> None:
    """Open and close what a crawl asks with. Raises ``BadInput`` for authorities that cannot be read."""
    from connectors.web import Web
    from flows.web_options import web_options

    async with Web(web_options(settings)):
        pass
