"""A flow of 60 busy tasks under Prefect's server in this process; prints the server's address."""

from __future__ import annotations

import asyncio

from flows.prefect_start import record_events, start_server

TASKS = 60


def main() -> None:
    server = start_server()
    if server is None:
        print("own")
        return
    from prefect import flow, task

    @task
    async def busy(number: int) -> int:
        return sum(range(20_000)) + number

    @flow
    async def sixty() -> int:
        return len(await asyncio.gather(*(busy(number) for number in range(TASKS))))

    server.wait()
    asyncio.run(sixty())
    record_events(60)
    server.stop(60)
    print(server.url)


if __name__ == "__main__":
    main()
