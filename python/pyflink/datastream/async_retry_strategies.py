# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Strategies for calling an asynchronous function again; see :class:`AsyncRetryStrategy`."""

from pyflink.datastream._async_retry import (
    NO_RETRY_STRATEGY,
    ExponentialBackoffDelayRetryStrategy,
    FixedDelayRetryStrategy,
    NoRetryStrategy,
    RetryPredicate,
)
from pyflink.datastream._type_variables import OUT

__all__ = [
    "NO_RETRY_STRATEGY",
    "OUT",
    "ExponentialBackoffDelayRetryStrategy",
    "FixedDelayRetryStrategy",
    "NoRetryStrategy",
    "RetryPredicate",
]
