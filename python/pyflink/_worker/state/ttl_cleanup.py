# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How state is removed that has outlived its time."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar

from pyflink.common.time import Duration, Time

_DEFAULT_COMPACTION_PERIOD = Duration.of_days(30)


class CleanupStrategies:
    """How state is removed once it has expired.

    What is read is always looked at, and removed if it has expired. The strategies remove what
    nobody reads.

    Args:
        strategies: what was asked for.
        is_cleanup_in_background: whether the backend's own strategy goes on without being asked
            for.
    """

    class Strategies(Enum):
        """The strategies that there are."""

        FULL_STATE_SCAN_SNAPSHOT = 0
        """Full snapshots leave out what has expired; the state itself stays as it is."""

        INCREMENTAL_CLEANUP = 1
        """Each access looks at some entries more; for state on the heap."""

        ROCKSDB_COMPACTION_FILTER = 2
        """Compactions leave out what has expired; for state in RocksDB."""

    class CleanupStrategy:
        """The parameters of a strategy."""

    class EmptyCleanupStrategy(CleanupStrategy):
        """A strategy without parameters."""

    class IncrementalCleanupStrategy(CleanupStrategy):
        """Looks at some entries more with each access.

        Args:
            cleanup_size: how many entries, at least 1.
            run_cleanup_for_every_record: whether each record counts as an access.

        Raises:
            ValueError: if the number is smaller than 1.
        """

        def __init__(self, cleanup_size: int, run_cleanup_for_every_record: bool) -> None:
            self._cleanup_size = _whole(cleanup_size, "cleanup_size")
            if cleanup_size < 1:
                raise ValueError(f"cleanup_size is at least 1; not {cleanup_size}.")
            self._run_cleanup_for_every_record = bool(run_cleanup_for_every_record)

        def get_cleanup_size(self) -> int:
            """How many entries are looked at."""
            return self._cleanup_size

        def run_cleanup_for_every_record(self) -> bool:
            """Whether each record counts as an access."""
            return self._run_cleanup_for_every_record

    class RocksdbCompactFilterCleanupStrategy(CleanupStrategy):
        """Leaves out what has expired when RocksDB compacts its files.

        Args:
            query_time_after_num_entries: after how many entries the filter asks for the time
                again.
            periodic_compaction_time: how old a file becomes, at most, before it is compacted; 0
                turns that off, None stands for 30 days.
        """

        def __init__(
            self,
            query_time_after_num_entries: int,
            periodic_compaction_time: Duration | None = None,
        ) -> None:
            self._query_time_after_num_entries = _whole(
                query_time_after_num_entries, "query_time_after_num_entries"
            )
            if periodic_compaction_time is None:
                periodic_compaction_time = _DEFAULT_COMPACTION_PERIOD
            self._periodic_compaction_millis = millis(
                periodic_compaction_time, "periodic_compaction_time"
            )

        def get_query_time_after_num_entries(self) -> int:
            """After how many entries the filter asks for the time."""
            return self._query_time_after_num_entries

        def get_periodic_compaction_time(self) -> Duration:
            """How old a file becomes, at most, before it is compacted."""
            return Duration.of_millis(self._periodic_compaction_millis)

    EMPTY_STRATEGY: ClassVar[EmptyCleanupStrategy] = EmptyCleanupStrategy()
    """The strategy without parameters."""

    def __init__(
        self, strategies: Mapping[Strategies, CleanupStrategy], is_cleanup_in_background: bool
    ) -> None:
        self._strategies = dict(strategies)
        self._is_cleanup_in_background = is_cleanup_in_background

    def is_cleanup_in_background(self) -> bool:
        """Whether the backend's own strategy goes on without being asked for."""
        return self._is_cleanup_in_background

    def in_full_snapshot(self) -> bool:
        """Whether full snapshots leave out what has expired."""
        return self.Strategies.FULL_STATE_SCAN_SNAPSHOT in self._strategies

    def get_incremental_cleanup_strategy(self) -> IncrementalCleanupStrategy | None:
        """The strategy for state on the heap; None if there is none."""
        asked_for = self._incremental
        if asked_for is None and self._is_cleanup_in_background:
            return self.IncrementalCleanupStrategy(5, False)
        return asked_for

    def get_rocksdb_compact_filter_cleanup_strategy(
        self,
    ) -> RocksdbCompactFilterCleanupStrategy | None:
        """The strategy for state in RocksDB; None if there is none."""
        asked_for = self._rocksdb
        if asked_for is None and self._is_cleanup_in_background:
            return self.RocksdbCompactFilterCleanupStrategy(1000)
        return asked_for

    @property
    def _incremental(self) -> IncrementalCleanupStrategy | None:
        strategy = self._strategies.get(self.Strategies.INCREMENTAL_CLEANUP)
        return strategy if isinstance(strategy, self.IncrementalCleanupStrategy) else None

    @property
    def _rocksdb(self) -> RocksdbCompactFilterCleanupStrategy | None:
        strategy = self._strategies.get(self.Strategies.ROCKSDB_COMPACTION_FILTER)
        return strategy if isinstance(strategy, self.RocksdbCompactFilterCleanupStrategy) else None


def millis(value: Any, argument: str) -> int:
    """The milliseconds of a span of time that a program gives.

    Raises:
        TypeError: if it is neither a ``Duration`` nor a ``Time``.
    """
    if isinstance(value, Time):
        return value.to_milliseconds()
    if isinstance(value, Duration):
        return value._to_millis()
    raise TypeError(
        f"{argument} is a Duration or a Time, for example Duration.of_hours(1); not {value!r:.100}."
    )


def _whole(value: Any, argument: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{argument} is an int; not {value!r:.100}.")
    return value
