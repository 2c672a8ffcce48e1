# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Whether an asynchronous function is called again for a record, and when."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Generic

from pyflink.datastream._type_variables import OUT


class AsyncRetryPredicate(ABC, Generic[OUT]):
    """Says after which outcomes of a call there may be another one."""

    @abstractmethod
    def result_predicate(self) -> Callable[[list[OUT]], bool] | None:
        """Says of the results of a call whether they are worth another one; None: never."""

    @abstractmethod
    def exception_predicate(self) -> Callable[[Exception], bool] | None:
        """Says of what a call has raised whether it is worth another one; None: never."""


class AsyncRetryStrategy(ABC, Generic[OUT]):
    """Says whether an asynchronous function is called again for a record, and when.

    All calls for a record, with the time between them, are one for the timeout. They go on at the
    end of the input. After a restart of the job they start anew.

    Example:
        >>> strategy = AsyncRetryStrategy.fixed_delay(
        ...     max_attempts=3,
        ...     backoff_time_millis=100,
        ...     result_predicate=None,
        ...     exception_predicate=lambda error: isinstance(error, ConnectionError),
        ... )
        >>> strategy.can_retry(3), strategy.can_retry(4)
        (True, False)
    """

    @abstractmethod
    def can_retry(self, current_attempts: int) -> bool:
        """Whether there may be another call.

        Args:
            current_attempts: how many there were.
        """

    @abstractmethod
    def get_backoff_time_millis(self, current_attempts: int) -> int:
        """How many milliseconds after the last call the next one is due.

        Args:
            current_attempts: how many there were.
        """

    @abstractmethod
    def get_retry_predicate(self) -> AsyncRetryPredicate[OUT]:
        """Says after which outcomes there may be another call; asked for once."""

    @staticmethod
    def no_restart() -> AsyncRetryStrategy[Any]:
        """One call for each record."""
        return NO_RETRY_STRATEGY

    @staticmethod
    def fixed_delay(
        max_attempts: int,
        backoff_time_millis: int,
        result_predicate: Callable[[list[OUT]], bool] | None,
        exception_predicate: Callable[[Exception], bool] | None,
    ) -> AsyncRetryStrategy[OUT]:
        """The same time before each further call.

        Args:
            max_attempts: how many further calls there may be for a record, at least 1.
            backoff_time_millis: the time before each, in milliseconds, at least 1.
            result_predicate: says of the results of a call, a list, whether they are worth another
                one; None: never. :mod:`pyflink.datastream.async_retry_predicates` has one.
            exception_predicate: says that of what a call has raised; None: never.

        Raises:
            TypeError: if a number is no int, or a predicate cannot be called.
            ValueError: if a number is too small.
        """
        return FixedDelayRetryStrategy(
            max_attempts, backoff_time_millis, result_predicate, exception_predicate
        )

    @staticmethod
    def exponential_backoff(
        max_attempts: int,
        initial_delay: int,
        max_retry_delay: int,
        multiplier: float,
        result_predicate: Callable[[list[OUT]], bool] | None,
        exception_predicate: Callable[[Exception], bool] | None,
    ) -> AsyncRetryStrategy[OUT]:
        """More and more time before each further call.

        Args:
            max_attempts: how many further calls there may be for a record, at least 1.
            initial_delay: the time before the first of them, in milliseconds, at least 1.
            max_retry_delay: the longest time, in milliseconds, at least 1.
            multiplier: how many times longer than the one before each time is.
            result_predicate: says of the results of a call, a list, whether they are worth another
                one; None: never.
            exception_predicate: says that of what a call has raised; None: never.

        Raises:
            TypeError: if a number is none, or a predicate cannot be called.
            ValueError: if a number is too small.

        Example:
            >>> strategy = AsyncRetryStrategy.exponential_backoff(5, 100, 1000, 3, None, None)
            >>> [strategy.get_backoff_time_millis(attempt) for attempt in range(1, 5)]
            [100, 300, 900, 1000]
        """
        return ExponentialBackoffDelayRetryStrategy(
            max_attempts,
            initial_delay,
            max_retry_delay,
            multiplier,
            result_predicate,
            exception_predicate,
        )


class RetryPredicate(AsyncRetryPredicate[OUT]):
    """Two predicates.

    Args:
        result_predicate: says of the results of a call, a list, whether they are worth another one;
            None: never.
        exception_predicate: says that of what a call has raised; None: never.

    Raises:
        TypeError: if a predicate cannot be called.
    """

    def __init__(
        self,
        result_predicate: Callable[[list[OUT]], bool] | None,
        exception_predicate: Callable[[Exception], bool] | None,
    ) -> None:
        _check_predicate("result_predicate", result_predicate, "lambda results: not results")
        _check_predicate(
            "exception_predicate",
            exception_predicate,
            "lambda error: isinstance(error, ConnectionError)",
        )
        self._result_predicate = result_predicate
        self._exception_predicate = exception_predicate

    def result_predicate(self) -> Callable[[list[OUT]], bool] | None:
        """The one for results."""
        return self._result_predicate

    def exception_predicate(self) -> Callable[[Exception], bool] | None:
        """The one for exceptions."""
        return self._exception_predicate


class NoRetryStrategy(AsyncRetryStrategy[OUT]):
    """One call for each record."""

    def can_retry(self, current_attempts: int) -> bool:
        """False."""
        return False

    def get_backoff_time_millis(self, current_attempts: int) -> int:
        """-1, as there is no further call."""
        return -1

    def get_retry_predicate(self) -> AsyncRetryPredicate[OUT]:
        """None of the two."""
        return RetryPredicate(None, None)


class FixedDelayRetryStrategy(AsyncRetryStrategy[OUT]):
    """The same time before each further call; see :meth:`AsyncRetryStrategy.fixed_delay`.

    Args:
        max_attempts: how many further calls there may be for a record, at least 1.
        backoff_time_millis: the time before each, in milliseconds, at least 1.
        result_predicate: says of the results of a call, a list, whether they are worth another one;
            None: never.
        exception_predicate: says that of what a call has raised; None: never.

    Raises:
        TypeError: if a number is no int, or a predicate cannot be called.
        ValueError: if a number is too small.
    """

    def __init__(
        self,
        max_attempts: int,
        backoff_time_millis: int,
        result_predicate: Callable[[list[OUT]], bool] | None,
        exception_predicate: Callable[[Exception], bool] | None,
    ) -> None:
        self._max_attempts = _at_least_1("max_attempts", max_attempts)
        self._backoff_time_millis = _at_least_1("backoff_time_millis", backoff_time_millis)
        self._predicate = RetryPredicate(result_predicate, exception_predicate)

    def can_retry(self, current_attempts: int) -> bool:
        """Whether there were no more than ``max_attempts`` calls."""
        return current_attempts <= self._max_attempts

    def get_backoff_time_millis(self, current_attempts: int) -> int:
        """The time before each further call."""
        return self._backoff_time_millis

    def get_retry_predicate(self) -> AsyncRetryPredicate[OUT]:
        """The two that were given."""
        return self._predicate


class ExponentialBackoffDelayRetryStrategy(AsyncRetryStrategy[OUT]):
    """More and more time; see :meth:`AsyncRetryStrategy.exponential_backoff`.

    Args:
        max_attempts: how many further calls there may be for a record, at least 1.
        initial_delay: the time before the first of them, in milliseconds, at least 1.
        max_retry_delay: the longest time, in milliseconds, at least 1.
        multiplier: how many times longer than the one before each time is.
        result_predicate: says of the results of a call, a list, whether they are worth another one;
            None: never.
        exception_predicate: says that of what a call has raised; None: never.

    Raises:
        TypeError: if a number is none, or a predicate cannot be called.
        ValueError: if a number is too small.
    """

    def __init__(
        self,
        max_attempts: int,
        initial_delay: int,
        max_retry_delay: int,
        multiplier: float,
        result_predicate: Callable[[list[OUT]], bool] | None,
        exception_predicate: Callable[[Exception], bool] | None,
    ) -> None:
        self._max_attempts = _at_least_1("max_attempts", max_attempts)
        self._initial_delay = _at_least_1("initial_delay", initial_delay)
        self._max_retry_delay = _at_least_1("max_retry_delay", max_retry_delay)
        if isinstance(multiplier, bool) or not isinstance(multiplier, (int, float)):
            raise TypeError(f"The multiplier is a number, such as 1.5; not {multiplier!r:.100}.")
        if not multiplier > 0:
            raise ValueError(f"The multiplier is greater than 0, such as 1.5; not {multiplier}.")
        self._multiplier = multiplier
        self._predicate = RetryPredicate(result_predicate, exception_predicate)

    def can_retry(self, current_attempts: int) -> bool:
        """Whether there were no more than ``max_attempts`` calls."""
        return current_attempts <= self._max_attempts

    def get_backoff_time_millis(self, current_attempts: int) -> int:
        """The time before the next call."""
        try:
            delay = self._initial_delay * self._multiplier ** max(0, current_attempts - 1)
        except OverflowError:  # beyond what a float holds
            return self._max_retry_delay
        return int(min(delay, self._max_retry_delay))

    def get_retry_predicate(self) -> AsyncRetryPredicate[OUT]:
        """The two that were given."""
        return self._predicate


#: One call for each record.
NO_RETRY_STRATEGY: AsyncRetryStrategy[Any] = NoRetryStrategy()


def _at_least_1(name: str, number: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"{name} is an int of at least 1; not {number!r:.100}.")
    if number < 1:
        raise ValueError(f"{name} is at least 1; not {number}.")
    return number


def _check_predicate(name: str, predicate: Any, example: str) -> None:
    if predicate is not None and not callable(predicate):
        raise TypeError(
            f"The {name} is a function, for example {example}, or None; not {predicate!r:.100}."
        )
