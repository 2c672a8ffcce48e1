# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Requests to a service, many at a time: asynchronous functions.

The service is one of this program's own: it has prices, takes its time, and is not always there.
"""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from pyflink.common import Time, Types
from pyflink.datastream import (
    AsyncDataStream,
    AsyncFunction,
    AsyncRetryStrategy,
    RuntimeContext,
    StreamExecutionEnvironment,
)

PRICES = {"tea": 3, "bread": 4, "cake": 6}


class Shop(BaseHTTPRequestHandler):
    """Turns away every request for something at first."""

    known: ClassVar[set[str]] = set()

    def do_GET(self):
        name = self.path.removeprefix("/")
        found = name in self.known
        self.known.add(name)
        body = json.dumps(PRICES.get(name)).encode()
        self.send_response(200 if found else 503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Price(AsyncFunction):
    """Asks the shop for the price of something.

    A program would use an asynchronous HTTP client here and make its session in open().
    """

    def __init__(self, port: int):
        self.port = port

    def open(self, runtime_context: RuntimeContext):
        # all methods run on one event loop, so that they can share what belongs to it
        self.connections = asyncio.Semaphore(10)

    async def async_invoke(self, name: str):
        async with self.connections:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(f"GET /{name} HTTP/1.0\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 503 " in head:
            raise ConnectionError(f"the shop cannot answer: {head.decode().splitlines()[0]}")
        price = json.loads(body)
        return [] if price is None else [(name, price)]

    def timeout(self, name: str):
        return [(name, -1)]


shop = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
threading.Thread(target=shop.serve_forever, daemon=True).start()

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
names = env.from_collection(["tea", "gold", "bread", "cake"], Types.STRING())

again = AsyncRetryStrategy.exponential_backoff(
    max_attempts=3,
    initial_delay=10,
    max_retry_delay=1000,
    multiplier=2.0,
    result_predicate=None,
    exception_predicate=lambda error: isinstance(error, ConnectionError),
)
prices = AsyncDataStream.ordered_wait_with_retry(
    names,
    Price(shop.server_port),
    timeout=Time.seconds(10),
    async_retry_strategy=again,
    capacity=50,
    output_type=Types.TUPLE([Types.STRING(), Types.INT()]),
)
prices.print()


# where there is nothing to open, a function will do
async def slowly(price: tuple):
    await asyncio.sleep(price[1] / 100)
    return [f"{price[0]} at last"]


AsyncDataStream.unordered_wait(prices, slowly, Time.seconds(10)).print()
env.execute("prices")
