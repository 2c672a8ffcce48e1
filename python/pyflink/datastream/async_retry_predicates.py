# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Predicates for :class:`AsyncRetryStrategy`: after which outcomes a function is called again."""

from __future__ import annotations

from collections.abc import Sized

__all__ = ["empty_result_predicate", "exception_type_predicate", "has_exception_predicate"]


def empty_result_predicate(result: Sized | None) -> bool:
    """Whether a call has returned no result.

    Args:
        result: the results of a call.

    Example:
        >>> empty_result_predicate([]), empty_result_predicate([None])
        (True, False)
    """
    return result is None or len(result) == 0


def has_exception_predicate(error: BaseException | None) -> bool:
    """Whether a call has raised an exception, whichever it is.

    Args:
        error: what it has raised; None if it has returned.
    """
    return error is not None


def exception_type_predicate(
    error: BaseException | None,
    expected_error_type: type[BaseException] | tuple[type[BaseException], ...],
) -> bool:
    """Whether a call has raised an exception of some type.

    Args:
        error: what it has raised.
        expected_error_type: the type, or several.

    Example:
        >>> from functools import partial
        >>> no_answer = partial(exception_type_predicate, expected_error_type=ConnectionError)
        >>> no_answer(ConnectionResetError()), no_answer(ValueError())
        (True, False)
    """
    return isinstance(error, expected_error_type)
