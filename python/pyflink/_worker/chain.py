# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions with no shuffle between them, made into one loop over a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyflink._worker.operators.kind import Kind

#: The file name of the loops, in tracebacks.
FILE = "<flinker chain>"

# A function can make any number of values of one; what is there leaves when it is this much.
_FLUSH_RECORDS = 1 << 14

# What an assigner is told of a record without a timestamp: TimestampAssigner.NO_TIMESTAMP in Flink.
_NO_TIME = -(1 << 63)


class Loop:
    """The loop that calls a chain of functions for every record of a batch.

    Args:
        kinds: what the functions are.
        functions: the functions, in the same order.
        timed: whether the records have timestamps.

    Attributes:
        timed: whether the results have timestamps.
        run: takes an iterator over the records, a list for the results, a function that is called
            when that list is long, and for timed results the timestamps of the records, or None,
            and a list for those of the results.
    """

    def __init__(self, kinds: list[Kind], functions: list[Callable[..., Any]], timed: bool) -> None:
        self._lines: list[str] = []
        self._owners: list[int | None] = []
        self.timed = timed or any(kind.makes_times for kind in kinds)
        self._write(kinds, timed)
        names: dict[str, Any] = {f"f{i}": function for i, function in enumerate(functions)}
        names |= {f"h{i}": kind.helper for i, kind in enumerate(kinds) if kind.helper}
        names["__name__"] = __name__
        # functions as parameters' defaults: a local name is quicker than a global one
        exec(compile("\n".join(self._lines), FILE, "exec"), names)
        self.run: Callable[..., None] = names["run"]

    def function_at(self, line: int) -> int | None:
        """Which function a line of the loop calls."""
        return self._owners[line - 1]

    def _write(self, kinds: list[Kind], timed: bool) -> None:
        many = any(kind.depth > 1 for kind in kinds)
        defaults = "".join(f", f{i}=f{i}" for i in range(len(kinds)))
        defaults += "".join(f", h{i}=h{i}" for i, kind in enumerate(kinds) if kind.helper)
        if self.timed:
            defaults = f", t={_NO_TIME}{defaults}"
            self._line(0, f"def run(records, results, flush, times, result_times{defaults}):")
            self._line(1, "add_time = result_times.append")
        else:
            self._line(0, f"def run(records, results, flush{defaults}):")
        self._line(1, "add = results.append")
        self._line(1, "for x, t in zip(records, times):" if timed else "for x in records:")
        depth, value, time = 2, "x", "t"
        for i, kind in enumerate(kinds):
            names = {"f": f"f{i}", "h": f"h{i}", "x": value, "y": f"y{i}", "t": time, "u": f"t{i}"}
            for line in kind.lines:
                self._line(depth, line.format(**names), i)
            depth += kind.depth
            value = names["y"] if kind.makes_values else value
            time = names["u"] if kind.makes_times else time
        self._line(depth, f"add({value})")
        if self.timed:
            self._line(depth, f"add_time({time})")
        if many:
            self._line(depth, f"if len(results) >= {_FLUSH_RECORDS}:")
            self._line(depth + 1, "flush()")

    def _line(self, depth: int, text: str, owner: int | None = None) -> None:
        self._lines.append("    " * depth + text)
        self._owners.append(owner)
