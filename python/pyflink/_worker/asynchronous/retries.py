# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Whether a record is worth another attempt, and when."""

from __future__ import annotations

from typing import Any

from pyflink._worker.asynchronous.options import RetryStrategy


class Retries:
    """What a strategy of the user's says.

    Args:
        strategy: the strategy.
    """

    def __init__(self, strategy: RetryStrategy) -> None:
        self._strategy = strategy
        predicate = strategy.get_retry_predicate()
        self._of_results = predicate.result_predicate()
        self._of_error = predicate.exception_predicate()

    def after_results(self, results: list[Any], attempts: int) -> float | None:
        """How many seconds after these results the next attempt is due; None if there is none.

        Args:
            results: what the last attempt has returned.
            attempts: how many there were.
        """
        if self._of_results is None or not self._of_results(results):
            return None
        return self._delay(attempts)

    def after_error(self, error: Exception, attempts: int) -> float | None:
        """The same after an exception."""
        if self._of_error is None or not self._of_error(error):
            return None
        return self._delay(attempts)

    def _delay(self, attempts: int) -> float | None:
        if not self._strategy.can_retry(attempts):
            return None
        return self._strategy.get_backoff_time_millis(attempts) / 1000
