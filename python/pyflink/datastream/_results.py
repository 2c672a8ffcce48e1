# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The results of a job as a Python iterator."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyflink._codec import batch_decoder
from pyflink._gateway import HeldInterrupts, hide_frames, java_class, serve_once, settle_output
from pyflink._graph import prepare_workers
from pyflink.common.typeinfo import TypeInformation, _from_java_type
from pyflink.datastream._jobs import follow

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from pyflink._submit.following import Following

_RESULTS = "io.flinker.gateway.Results"
_WAIT_MILLIS = 500


class CloseableIterator(Iterator[Any]):
    """The records of a stream, as :meth:`DataStream.execute_and_collect` returns them.

    Iterate over it, and close it when you stop early: that cancels the job. It closes itself at
    its end and at the end of a ``with`` block.

    Args:
        j_closeable_iterator: a Java ``CloseableIterator``; without a type, the gateway's results.
        type_info: the type of the iterator's records.

    Raises:
        Exception: from ``next``, whatever a Python function has raised, if the job fails of it.
        JavaError: from ``next``, if the job fails otherwise.
        JobCancelledError: from ``next``, if the job is cancelled.

    Example:
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> from pyflink.common import Types
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> with env.from_collection([1, 2, 3], Types.INT()).execute_and_collect() as results:
        ...     sorted(results)
        [1, 2, 3]
    """

    def __init__(self, j_closeable_iterator: Any, type_info: TypeInformation | None = None) -> None:
        results = j_closeable_iterator
        if type_info is not None:
            results = java_class(_RESULTS).of(results, type_info.get_java_type_info())
        self._results = results
        self._decode = batch_decoder(type_info or _from_java_type(results.type()))
        self._pending: deque[Any] = deque()
        self._closed = False
        self._following: Following | None = None

    @classmethod
    def _of_stream(cls, j_data_stream: Any, job_name: str) -> Self:
        """Starts the job that has the stream's records as its result."""
        # before the job starts, so that a type that Python cannot read is refused here
        _from_java_type(j_data_stream.getType())
        elsewhere = prepare_workers(j_data_stream.getExecutionEnvironment())
        held = HeldInterrupts()
        with held if elsewhere is None else contextlib.nullcontext():
            results = cls(java_class(_RESULTS).start(j_data_stream, job_name))
        try:
            held.deliver()
        except KeyboardInterrupt:
            results.close()
            raise
        if elsewhere is not None:
            results._following = follow(results._results.job(), job_name, elsewhere)
        return results

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        __tracebackhide__ = True
        while not self._pending:
            if self._closed:
                raise StopIteration
            try:
                self._fetch()
            except BaseException as e:
                raise hide_frames(e)
        return self._pending.popleft()

    def next(self) -> Any:
        """The next record.

        Raises:
            StopIteration: at the end.
        """
        return self.__next__()

    def _fetch(self) -> None:
        try:
            served = serve_once()
            batch = self._results.next(0 if served else _WAIT_MILLIS)
        except BaseException as e:
            # an interrupt as well: whoever stops waiting for the results has no use for the job
            self.close()
            explained = None if self._following is None else self._following.explained(e)
            if explained is not None:
                raise explained from None
            raise
        if batch is None:
            return
        if not batch:
            self.close()
            return
        self._pending.extend(self._decode(batch))

    def close(self) -> None:
        """Cancels the job if it still runs; harmless when called again."""
        if not self._closed:
            self._closed = True
            if self._following is not None:
                self._following.stop()
            self._results.close()
            settle_output()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.close()
