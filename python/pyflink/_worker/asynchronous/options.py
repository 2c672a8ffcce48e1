# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How an asynchronous function is called; the program says it, and it is pickled with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class RetryPredicate(Protocol):
    """What ``AsyncRetryPredicate`` is for a worker."""

    def result_predicate(self) -> Callable[[list[Any]], bool] | None: ...

    def exception_predicate(self) -> Callable[[Exception], bool] | None: ...


class RetryStrategy(Protocol):
    """What ``AsyncRetryStrategy`` is for a worker."""

    def can_retry(self, current_attempts: int) -> bool: ...

    def get_backoff_time_millis(self, current_attempts: int) -> float: ...

    def get_retry_predicate(self) -> RetryPredicate: ...


@dataclass(frozen=True)
class CallOptions:
    """How an asynchronous function is called.

    Attributes:
        timeout: how many milliseconds a record may take, with all its attempts; 0: any number.
        handles_timeout: whether the function is an object with a ``timeout`` method of its own.
        retry: says whether and when there is another attempt; None: there is none.
    """

    timeout: int
    handles_timeout: bool = False
    retry: RetryStrategy | None = None
