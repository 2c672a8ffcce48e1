# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions with no shuffle between them, made into one loop over a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyflink._worker.operators.kind import Kind

#: The file name of the loops, in tracebacks.
FILE = "<flinker chain>"


class Loop:
    """The loop that calls a chain of functions for every record of a batch.

    Args:
        kinds: what the functions are.
        functions: the functions, in the same order.
        timed: whether the records have timestamps.

    Attributes:
        run: takes an iterator over the records, a list for the results, and for timed records an
            iterator over their timestamps and a list for those of the results. If ``many``, then
            also a length of that list, and a function that is called when it is reached and
            returns the next one.
        many: whether one record can have more than one result.
    """

    def __init__(self, kinds: list[Kind], functions: list[Callable[..., Any]], timed: bool) -> None:
        self._lines: list[str] = []
        self._owners: list[int | None] = []
        self.many = any(kind.depth > 1 for kind in kinds)
        self._write(kinds, timed)
        names: dict[str, Any] = {f"f{i}": function for i, function in enumerate(functions)}
        names["__name__"] = __name__
        # functions as parameters' defaults: a local name is quicker than a global one
        exec(compile("\n".join(self._lines), FILE, "exec"), names)
        self.run: Callable[..., None] = names["run"]

    def function_at(self, line: int) -> int | None:
        """Which function a line of the loop calls."""
        return self._owners[line - 1]

    def _write(self, kinds: list[Kind], timed: bool) -> None:
        parameters = ["records", "results"]
        if timed:
            parameters += ["times", "result_times"]
        if self.many:
            parameters += ["limit", "flush"]
        parameters += [f"f{i}=f{i}" for i in range(len(kinds))]
        self._line(0, f"def run({', '.join(parameters)}):")
        if timed:
            self._line(1, "add_time = result_times.append")
        self._line(1, "add = results.append")
        self._line(1, "for x, t in zip(records, times):" if timed else "for x in records:")
        depth, value = 2, "x"
        for i, kind in enumerate(kinds):
            names = {"f": f"f{i}", "x": value, "y": f"y{i}"}
            for line in kind.lines:
                self._line(depth, line.format(**names), i)
            depth += kind.depth
            value = names["y"] if kind.makes_values else value
        self._line(depth, f"add({value})")
        if timed:
            self._line(depth, "add_time(t)")
        if self.many:
            self._line(depth, "if len(results) >= limit:")
            self._line(depth + 1, "limit = flush()")

    def _line(self, depth: int, text: str, owner: int | None = None) -> None:
        self._lines.append("    " * depth + text)
        self._owners.append(owner)
