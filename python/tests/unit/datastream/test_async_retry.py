# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Strategies for further attempts."""

from __future__ import annotations

import pickle

import pytest

from pyflink.datastream import AsyncRetryPredicate, AsyncRetryStrategy
from pyflink.datastream.async_retry_predicates import (
    empty_result_predicate,
    exception_type_predicate,
    has_exception_predicate,
)
from pyflink.datastream.async_retry_strategies import (
    NO_RETRY_STRATEGY,
    ExponentialBackoffDelayRetryStrategy,
    FixedDelayRetryStrategy,
    NoRetryStrategy,
    RetryPredicate,
)


def test_fixed_delay() -> None:
    strategy = AsyncRetryStrategy.fixed_delay(2, 50, empty_result_predicate, None)
    assert isinstance(strategy, FixedDelayRetryStrategy)
    assert [strategy.can_retry(attempts) for attempts in (1, 2, 3)] == [True, True, False]
    assert [strategy.get_backoff_time_millis(attempts) for attempts in (1, 2)] == [50, 50]
    predicate = strategy.get_retry_predicate()
    assert isinstance(predicate, RetryPredicate)
    assert isinstance(predicate, AsyncRetryPredicate)
    assert predicate.result_predicate() is empty_result_predicate
    assert predicate.exception_predicate() is None


def test_exponential_backoff() -> None:
    strategy = AsyncRetryStrategy.exponential_backoff(
        9, 100, 500, 1.5, None, has_exception_predicate
    )
    assert isinstance(strategy, ExponentialBackoffDelayRetryStrategy)
    assert (strategy.can_retry(9), strategy.can_retry(10)) == (True, False)
    delays = [strategy.get_backoff_time_millis(attempts) for attempts in range(1, 7)]
    assert delays == [100, 150, 225, 337, 500, 500]
    # of one record and then of another
    assert strategy.get_backoff_time_millis(2) == 150
    assert strategy.get_backoff_time_millis(100_000) == 500
    assert strategy.get_retry_predicate().exception_predicate() is has_exception_predicate


def test_no_further_attempt() -> None:
    strategy = AsyncRetryStrategy.no_restart()
    assert strategy is NO_RETRY_STRATEGY
    assert isinstance(strategy, NoRetryStrategy)
    assert not strategy.can_retry(1)
    assert strategy.get_retry_predicate().result_predicate() is None


def test_predicates() -> None:
    assert [empty_result_predicate(result) for result in (None, [], [1])] == [True, True, False]
    assert [has_exception_predicate(error) for error in (None, OSError())] == [False, True]
    assert exception_type_predicate(ConnectionResetError(), OSError)
    assert not exception_type_predicate(ValueError(), (OSError, LookupError))


def test_strategies_are_pickled() -> None:
    strategy = AsyncRetryStrategy.exponential_backoff(3, 1, 2, 3.0, empty_result_predicate, None)
    copy = pickle.loads(pickle.dumps(strategy))
    assert copy.get_retry_predicate().result_predicate() is empty_result_predicate


FIXED = {"max_attempts": 1, "backoff_time_millis": 1}
GROWING = {"max_attempts": 1, "initial_delay": 1, "max_retry_delay": 1, "multiplier": 1}


@pytest.mark.parametrize(
    ("make", "good", "wrong", "error", "words"),
    [
        (AsyncRetryStrategy.fixed_delay, FIXED, {"max_attempts": 0}, ValueError, "at least 1"),
        (AsyncRetryStrategy.fixed_delay, FIXED, {"max_attempts": 1.0}, TypeError, "an int of at"),
        (AsyncRetryStrategy.fixed_delay, FIXED, {"max_attempts": True}, TypeError, "an int of at"),
        (AsyncRetryStrategy.fixed_delay, FIXED, {"backoff_time_millis": 0}, ValueError, "at least"),
        (AsyncRetryStrategy.fixed_delay, FIXED, {"result_predicate": 5}, TypeError, "a function"),
        (AsyncRetryStrategy.fixed_delay, FIXED, {"exception_predicate": OSError()}, TypeError, ""),
        (AsyncRetryStrategy.exponential_backoff, GROWING, {"initial_delay": 0}, ValueError, ""),
        (AsyncRetryStrategy.exponential_backoff, GROWING, {"max_retry_delay": -1}, ValueError, ""),
        (AsyncRetryStrategy.exponential_backoff, GROWING, {"multiplier": 0}, ValueError, "than 0"),
        (AsyncRetryStrategy.exponential_backoff, GROWING, {"multiplier": "2"}, TypeError, "number"),
    ],
)
def test_what_is_wrong_is_said_at_once(make, good, wrong, error, words) -> None:
    predicates = {"result_predicate": None, "exception_predicate": None}
    make(**good, **predicates)
    (name,) = wrong
    with pytest.raises(error, match=f"{name}.*{words}"):
        make(**{**good, **predicates, **wrong})
