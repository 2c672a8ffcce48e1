# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Results on their way to the engine, with the numbers of the records that they are for."""

from __future__ import annotations

import struct
from typing import Any

from pyflink._codec import ValueMismatchError
from pyflink._codec.batches import BatchEncoder
from pyflink._codec.descriptors import annotated
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.outputs import ResultError

#: The flag of an entry of these.
ANSWERS = 8


class Answers:
    """Results that wait to be sent.

    Args:
        function: makes them.
        type_bytes: the descriptor of their type.
    """

    def __init__(self, function: UserFunction, type_bytes: bytes) -> None:
        self._function = function
        self._encode = BatchEncoder(annotated(type_bytes) if function.annotated else type_bytes)
        self._results: list[Any] = []
        self._numbers: list[int] = []
        self._counts: list[int] = []

    def add(self, number: int, results: list[Any]) -> None:
        """Adds the results of a record."""
        self._numbers.append(number)
        self._counts.append(len(results))
        self._results += results

    def take(self) -> bytes:
        """The entry of what is here; empty if nothing is.

        Raises:
            FunctionError: if a result is not of the type.
        """
        if not self._numbers:
            return b""
        try:
            batch = self._encode.encode(self._results)
        except ValueMismatchError as e:
            raise self._failure(ResultError.of_type(e, self._results, None)) from None
        count = len(self._numbers)
        head = struct.pack(f"<BI{count}q{count}I", ANSWERS, count, *self._numbers, *self._counts)
        self._results, self._numbers, self._counts = [], [], []
        return head + batch

    def _failure(self, error: ResultError) -> FunctionError:
        function, mismatch = self._function, error.error
        assert isinstance(mismatch, ValueMismatchError)
        mismatch.inside(f"operator {function.name!r}", f"function {function.label!r}")
        if function.annotated:
            mismatch.advice = (
                "; the type comes from the annotation of the function's results: correct it, or "
                "pass an output_type, such as Types.PICKLED_BYTE_ARRAY() for any object"
            )
        return FunctionError("STAGE_RESULT", function.name, mismatch, (error.result,))
