# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions with no shuffle between them, made into one loop over a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pyflink._worker.operators.kind import Kind
from pyflink._worker.outputs import Send, SideOutputTag
from pyflink._worker.process_context import RecordContext
from pyflink._worker.state.store import NOBODY

#: The file name of the loops, in tracebacks.
FILE = "<flinker chain>"

# What an assigner is told of a record without a timestamp: TimestampAssigner.NO_TIMESTAMP in Flink.
_NO_TIME = -(1 << 63)


class Feed(Enum):
    """What a loop runs over."""

    RECORDS = "records"
    KEYED = "records with their keys"
    MIXED = "such records of a first input, and records of a second one that have no key"
    TIMERS = "timers that fire, in place of records"


_VARIABLES = {
    Feed.RECORDS: "x",
    Feed.KEYED: "x, k",
    Feed.MIXED: "x, k",
    Feed.TIMERS: "(k, t, _, c0.namespace)",
}
_SELECTIONS = {
    Feed.RECORDS: (),
    Feed.KEYED: ("store.cells = cells_of[k]",),
    Feed.MIXED: ("store.cells = nobody if second else cells_of[k]",),
    Feed.TIMERS: ("store.cells = cells_of[k]", "c0.time = t"),
}


@dataclass(frozen=True)
class Step:
    """One function of a chain.

    Attributes:
        kind: what it is.
        call: what is called for a record.
        second_call: what is called for a record of the second input, if the kind has two.
        context: what the calls get besides the record, if the kind has a context.
        timer_call: what is called for a timer, if the kind has timers.
        send: takes ``tag, value`` and the record's timestamp if it has one; None if such a pair is
            a result like others.
    """

    kind: Kind
    call: Callable[..., Any]
    second_call: Callable[..., Any] | None = None
    context: RecordContext | None = None
    send: Send | None = None
    timer_call: Callable[..., Any] | None = None


class Loop:
    """The loop that calls a chain of functions for every record of a batch.

    Args:
        steps: the functions.
        timed: whether the records have timestamps.
        two_inputs: whether the first function has two inputs.
        feed: what it runs over.
        store: where the state of the current key is set, unless records have no keys.

    Attributes:
        feed: what it runs over.
        timed: whether the results have timestamps.
        many: whether one record can have more than one result.
        pairs: whether each result is the second of a pair.
        run: takes an iterator over the records, a list for the results, if ``many`` a length of
            that list and a function that is called when it is reached and returns the next one,
            for records with keys an iterator over these, for two inputs an iterator over which one
            each record is of, for timed results an iterator over the timestamps of the records, or
            None, and a list for those of the results, if ``pairs`` a list for the first of each,
            and where there are keys the cells of each. It takes no more of the other iterators than
            there are records.
    """

    def __init__(
        self,
        steps: list[Step],
        timed: bool,
        two_inputs: bool = False,
        feed: Feed = Feed.RECORDS,
        store: Any = None,
    ) -> None:
        self._lines: list[str] = []
        self._owners: list[int | None] = []
        self.feed = feed
        #: What the first function can ask.
        self.context = steps[0].context
        names: dict[str, Any] = {"Tag": SideOutputTag}
        if feed is not Feed.RECORDS:
            names["store"] = store
            names["nobody"] = NOBODY
        self.many = any(step.kind.depth > 1 for step in steps)
        self.timed = timed or any(step.kind.makes_times for step in steps)
        self.pairs = steps[-1].kind.pairs
        for i, step in enumerate(steps):
            parts = {
                "f": step.timer_call if feed is Feed.TIMERS and i == 0 else step.call,
                "g": step.second_call,
                "h": step.kind.helper,
                "c": step.context,
                "send": step.send,
            }
            names.update({f"{n}{i}": part for n, part in parts.items() if part is not None})
        self._write(steps, timed, two_inputs, list(names))
        names["__name__"] = __name__
        exec(compile("\n".join(self._lines), FILE, "exec"), names)
        self.run: Callable[..., None] = names["run"]

    def function_at(self, line: int) -> int | None:
        """Which function a line of the loop calls."""
        return self._owners[line - 1]

    def _write(self, steps: list[Step], timed: bool, two_inputs: bool, names: list[str]) -> None:
        # functions as parameters' defaults: a local name is quicker than a global one
        parameters = ["records", "results"]
        if self.many:
            parameters += "limit", "flush"
        timers = self.feed is Feed.TIMERS
        variables, sources = [_VARIABLES[self.feed]], ["records"]
        if self.feed in (Feed.KEYED, Feed.MIXED):
            parameters.append("keys")
            sources.append("keys")
        if two_inputs:
            parameters.append("inputs")
            variables.append("second")
            sources.append("inputs")
        if timed and not timers:
            variables.append("t")
            sources.append("times")
        if self.timed:
            parameters += "times", "result_times"
        if self.pairs:
            parameters.append("result_firsts")
        if not timed and not timers:
            parameters.append("t=None")
        if self.feed is not Feed.RECORDS:
            parameters.append("cells_of")
        parameters.sort(key=lambda parameter: "=" in parameter)
        parameters += (f"{name}={name}" for name in names)
        self._line(0, f"def run({', '.join(parameters)}):")
        self._line(1, "add = results.append")
        if self.timed:
            self._line(1, "add_time = result_times.append")
        if self.pairs:
            self._line(1, "add_first = result_firsts.append")
        if not timed:
            for i, step in enumerate(steps):
                if step.context is not None:
                    self._line(1, f"c{i}.time = {'None' if timers else 't'}")
            if any(step.kind.makes_times for step in steps) and not timers:
                self._line(1, f"t = {_NO_TIME} if t is None else t")
        source = f"zip({', '.join(sources)})" if len(sources) > 1 else sources[0]
        self._line(1, f"for {', '.join(variables)} in {source}:")
        for line in _SELECTIONS[self.feed]:
            self._line(2, line)
        if timers and steps[0].kind.second_method is not None:
            self._line(2, "second = False")
        depth, value, time = 2, "x", "t" if timed else None
        for i, step in enumerate(steps):
            if time is not None and step.context is not None and not (timers and i == 0):
                self._line(depth, f"c{i}.time = {time}", i)
            depth, value = self._write_step(i, step, depth, value, time or "t")
            time = f"t{i}" if step.kind.makes_times else time
        if self.pairs:
            self._line(depth, f"add_first(y{len(steps) - 1})")
        self._line(depth, f"add({value})")
        if self.timed:
            self._line(depth, f"add_time({time})")
        if self.many:
            self._line(depth, "if len(results) >= limit:")
            self._line(depth + 1, "limit = flush()")

    def _write_step(self, i: int, step: Step, depth: int, value: str, time: str) -> tuple[int, str]:
        """Writes the call of a function; returns where what follows goes, and what it gets."""
        kind = step.kind
        names = {part: f"{part}{i}" for part in "fgchy"}
        if self.feed is Feed.TIMERS and i == 0:
            # of two inputs, a timer has one method
            names["g"], value = names["f"], "t"
        for line in kind.lines:
            self._line(depth, line.format(x=value, t=time, u=f"t{i}", **names), i)
        depth += kind.depth
        if not kind.makes_values:
            return depth, value
        y = names["y"]
        if kind.makes_times:
            time = f"t{i}"
        if step.send is not None:
            self._line(depth, f"if {y}.__class__ is tuple and {y} and isinstance({y}[0], Tag):", i)
            self._line(depth + 1, f"send{i}({y}, {time})" if self.timed else f"send{i}({y})", i)
            self._line(depth + 1, "continue", i)
        return depth, y

    def _line(self, depth: int, text: str, owner: int | None = None) -> None:
        self._lines.append("    " * depth + text)
        self._owners.append(owner)
