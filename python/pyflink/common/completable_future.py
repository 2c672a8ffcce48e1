# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The outcome of something that Java is still busy with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from pyflink._gateway import hide_frames, wait_a_while
from pyflink._gateway.errors import JavaError
from pyflink.util.exceptions import convert_py4j_exception

__all__ = ["CompletableFuture"]

T = TypeVar("T")


class CompletableFuture(Generic[T]):
    """The outcome of something that Java is still busy with.

    Args:
        j_completable_future: the Java ``CompletableFuture``.
        py_class: makes the result out of the Java result.

    Example:
        >>> from pyflink.common import CompletableFuture
        >>> from pyflink.java_gateway import get_gateway
        >>> j_future = get_gateway().jvm.java.util.concurrent.CompletableFuture
        >>> CompletableFuture(j_future.completedFuture(5)).result()
        5
    """

    def __init__(
        self, j_completable_future: Any, py_class: Callable[[Any], T] | None = None
    ) -> None:
        self._j_completable_future = j_completable_future
        self._py_class = py_class

    def cancel(self) -> bool:
        """Gives up waiting for it; what Java is busy with may go on.

        Returns:
            Whether it is cancelled now.
        """
        return bool(self._j_completable_future.cancel(True))

    def cancelled(self) -> bool:
        """Whether it was cancelled before there was an outcome."""
        return bool(self._j_completable_future.isCancelled())

    def done(self) -> bool:
        """Whether there is an outcome: a result, an exception, or a cancellation."""
        return bool(self._j_completable_future.isDone())

    def result(self) -> T:
        """The result; waits for it.

        Raises:
            JavaError: if there is an exception instead of a result.
            JobCancelledError: if the job it belongs to was cancelled.
            GatewayError: if the JVM ends meanwhile.
        """
        __tracebackhide__ = True
        try:
            while not wait_a_while(self._j_completable_future):
                pass
            j_result = self._j_completable_future.get()
        except BaseException as e:
            raise hide_frames(e)
        if self._py_class is None:
            return j_result  # type: ignore[no-any-return]
        return self._py_class(j_result)

    def exception(self) -> Exception | None:
        """The exception, if there is one already; None otherwise. Does not wait.

        Returns:
            A ``JavaException`` with the Java stack trace as its text; the :class:`JavaError` that
            :meth:`result` raises is its ``__cause__``.
        """
        if not self.done():
            return None
        try:
            self._j_completable_future.getNow(None)
        except Exception as e:
            # a Python function's own has Java's at the end of its causes
            cause: BaseException | None = e
            while cause is not None and not isinstance(cause, JavaError):
                cause = cause.__cause__
            if cause is None:
                raise
            return convert_py4j_exception(cause)
        return None

    def __str__(self) -> str:
        return str(self._j_completable_future.toString())
