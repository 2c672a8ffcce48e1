# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How long state lives, and how it is removed after that."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from pyflink._worker.state.ttl_cleanup import CleanupStrategies as _CleanupStrategies
from pyflink._worker.state.ttl_cleanup import millis
from pyflink.common.time import Duration, Time


class TtlOptions(NamedTuple):
    """The options of a :class:`StateTtlConfig` as plain values, for the engine.

    Attributes:
        ttl: the time to live in milliseconds.
        update_type: ``OnCreateAndWrite`` or ``OnReadAndWrite``.
        state_visibility: ``NeverReturnExpired`` or ``ReturnExpiredIfNotCleanedUp``.
        cleanup_in_background: whether the backend's own strategy goes on without being asked for.
        full_snapshot: whether full snapshots leave out what has expired.
        incremental: how many entries are looked at for each access, and whether also for each
            record; None if not asked for.
        rocksdb: after how many entries the filter asks for the time, and the longest time in
            milliseconds without a compaction; None if not asked for.
    """

    ttl: int
    update_type: str
    state_visibility: str
    cleanup_in_background: bool
    full_snapshot: bool
    incremental: tuple[int, bool] | None
    rocksdb: tuple[int, int] | None


class StateTtlConfig:
    """How long the state of a key lives, what renews it, and how it is removed after that.

    Made by :meth:`new_builder`; for :meth:`StateDescriptor.enable_time_to_live`. Of a list or a map
    each element or entry has a life of its own. Time is that of the machines' clocks.

    Example:
        >>> from pyflink.common import Time
        >>> config = StateTtlConfig.new_builder(Time.hours(1)).never_return_expired().build()
        >>> config.get_ttl()
        Time<3600000 ms>

    Args:
        update_type: what renews the time to live.
        state_visibility: whether state that has expired can still be read.
        ttl_time_characteristic: which time counts.
        ttl: the time to live, at least a millisecond.
        cleanup_strategies: how state that has expired is removed.

    Raises:
        TypeError: if the time to live is neither a ``Time`` nor a ``Duration``.
        ValueError: if it is shorter than a millisecond.
    """

    class UpdateType(Enum):
        """What renews the time to live."""

        Disabled = 0
        """State does not expire."""

        OnCreateAndWrite = 1
        """Each change."""

        OnReadAndWrite = 2
        """Each change, and each time it is read."""

    class StateVisibility(Enum):
        """Whether state that has expired can be read."""

        ReturnExpiredIfNotCleanedUp = 0
        """Yes, until it is removed."""

        NeverReturnExpired = 1
        """No."""

    class TtlTimeCharacteristic(Enum):
        """Which time counts."""

        ProcessingTime = 0
        """The clocks of the machines."""

    CleanupStrategies: TypeAlias = _CleanupStrategies

    class Builder:
        """Makes a :class:`StateTtlConfig`; each method but ``build`` returns the builder itself.

        Unless told otherwise each change renews the time to live, what has expired cannot be read,
        and the backend's own strategy removes it in the background.

        Args:
            ttl: the time to live, at least a millisecond.
        """

        def __init__(self, ttl: Time | Duration) -> None:
            self._ttl = _ttl(ttl)
            self._update_type = StateTtlConfig.UpdateType.OnCreateAndWrite
            self._state_visibility = StateTtlConfig.StateVisibility.NeverReturnExpired
            self._ttl_time_characteristic = StateTtlConfig.TtlTimeCharacteristic.ProcessingTime
            self._is_cleanup_in_background = True
            self._strategies: dict[
                _CleanupStrategies.Strategies, _CleanupStrategies.CleanupStrategy
            ] = {}

        def set_update_type(self, update_type: StateTtlConfig.UpdateType) -> StateTtlConfig.Builder:
            """Sets what renews the time to live.

            Args:
                update_type: what renews it.
            """
            self._update_type = StateTtlConfig.UpdateType(update_type)
            return self

        def update_ttl_on_create_and_write(self) -> StateTtlConfig.Builder:
            """Lets each change renew the time to live."""
            return self.set_update_type(StateTtlConfig.UpdateType.OnCreateAndWrite)

        def update_ttl_on_read_and_write(self) -> StateTtlConfig.Builder:
            """Lets each change and each read renew the time to live."""
            return self.set_update_type(StateTtlConfig.UpdateType.OnReadAndWrite)

        def set_state_visibility(
            self, state_visibility: StateTtlConfig.StateVisibility
        ) -> StateTtlConfig.Builder:
            """Sets whether state that has expired can be read.

            Args:
                state_visibility: whether it can.
            """
            self._state_visibility = StateTtlConfig.StateVisibility(state_visibility)
            return self

        def return_expired_if_not_cleaned_up(self) -> StateTtlConfig.Builder:
            """Lets state that has expired be read until it is removed."""
            return self.set_state_visibility(
                StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp
            )

        def never_return_expired(self) -> StateTtlConfig.Builder:
            """Lets state that has expired never be read."""
            return self.set_state_visibility(StateTtlConfig.StateVisibility.NeverReturnExpired)

        def set_ttl_time_characteristic(
            self, ttl_time_characteristic: StateTtlConfig.TtlTimeCharacteristic
        ) -> StateTtlConfig.Builder:
            """Sets which time counts.

            Args:
                ttl_time_characteristic: the time.
            """
            self._ttl_time_characteristic = StateTtlConfig.TtlTimeCharacteristic(
                ttl_time_characteristic
            )
            return self

        def use_processing_time(self) -> StateTtlConfig.Builder:
            """Lets the clocks of the machines count."""
            return self.set_ttl_time_characteristic(
                StateTtlConfig.TtlTimeCharacteristic.ProcessingTime
            )

        def cleanup_full_snapshot(self) -> StateTtlConfig.Builder:
            """Leaves out of full snapshots what has expired.

            The state itself stays as it is. Incremental checkpoints of RocksDB are no full
            snapshots.
            """
            kind = _CleanupStrategies.Strategies.FULL_STATE_SCAN_SNAPSHOT
            self._strategies[kind] = _CleanupStrategies.EMPTY_STRATEGY
            return self

        def cleanup_incrementally(
            self, cleanup_size: int, run_cleanup_for_every_record: bool
        ) -> StateTtlConfig.Builder:
            """Looks at some entries more with each access, and removes what has expired.

            For state on the heap; RocksDB takes no notice.

            Args:
                cleanup_size: how many entries, at least 1.
                run_cleanup_for_every_record: whether each record counts as an access.

            Raises:
                ValueError: if the number is smaller than 1.
            """
            kind = _CleanupStrategies.Strategies.INCREMENTAL_CLEANUP
            self._strategies[kind] = _CleanupStrategies.IncrementalCleanupStrategy(
                cleanup_size, run_cleanup_for_every_record
            )
            return self

        def cleanup_in_rocksdb_compact_filter(
            self,
            query_time_after_num_entries: int,
            periodic_compaction_time: Duration | None = None,
        ) -> StateTtlConfig.Builder:
            """Leaves out what has expired when RocksDB compacts its files.

            For state in RocksDB; other backends take no notice.

            Args:
                query_time_after_num_entries: after how many entries the filter asks for the time
                    again. A small number costs time, a large one keeps state longer.
                periodic_compaction_time: how old a file becomes, at most, before it is compacted;
                    0 turns that off, None stands for 30 days.
            """
            kind = _CleanupStrategies.Strategies.ROCKSDB_COMPACTION_FILTER
            self._strategies[kind] = _CleanupStrategies.RocksdbCompactFilterCleanupStrategy(
                query_time_after_num_entries, periodic_compaction_time
            )
            return self

        def disable_cleanup_in_background(self) -> StateTtlConfig.Builder:
            """Lets the backend remove nothing by itself but what strategies ask for."""
            self._is_cleanup_in_background = False
            return self

        def set_ttl(self, ttl: Time | Duration) -> StateTtlConfig.Builder:
            """Sets the time to live.

            Args:
                ttl: the time, at least a millisecond.

            Raises:
                ValueError: if it is shorter.
            """
            self._ttl = _ttl(ttl)
            return self

        def build(self) -> StateTtlConfig:
            """The configuration."""
            return StateTtlConfig(
                self._update_type,
                self._state_visibility,
                self._ttl_time_characteristic,
                self._ttl,
                _CleanupStrategies(self._strategies, self._is_cleanup_in_background),
            )

    def __init__(
        self,
        update_type: UpdateType,
        state_visibility: StateVisibility,
        ttl_time_characteristic: TtlTimeCharacteristic,
        ttl: Time | Duration,
        cleanup_strategies: CleanupStrategies,
    ) -> None:
        self._update_type = update_type
        self._state_visibility = state_visibility
        self._ttl_time_characteristic = ttl_time_characteristic
        self._ttl = _ttl(ttl)
        self._cleanup_strategies = cleanup_strategies

    @staticmethod
    def new_builder(ttl: Time | Duration) -> StateTtlConfig.Builder:
        """A builder of a configuration.

        Args:
            ttl: the time to live, at least a millisecond.

        Raises:
            TypeError: if it is neither a ``Time`` nor a ``Duration``.
            ValueError: if it is shorter.
        """
        return StateTtlConfig.Builder(ttl)

    def get_update_type(self) -> UpdateType:
        """What renews the time to live."""
        return self._update_type

    def get_state_visibility(self) -> StateVisibility:
        """Whether state that has expired can be read."""
        return self._state_visibility

    def get_ttl(self) -> Time:
        """The time to live."""
        return self._ttl

    def get_ttl_time_characteristic(self) -> TtlTimeCharacteristic:
        """Which time counts."""
        return self._ttl_time_characteristic

    def is_enabled(self) -> bool:
        """Whether state expires at all."""
        return self._update_type is not StateTtlConfig.UpdateType.Disabled

    def get_cleanup_strategies(self) -> CleanupStrategies:
        """How state is removed once it has expired."""
        return self._cleanup_strategies

    @property
    def _options(self) -> TtlOptions:
        cleanup = self._cleanup_strategies
        incremental, rocksdb = cleanup._incremental, cleanup._rocksdb
        return TtlOptions(
            self._ttl.to_milliseconds(),
            self._update_type.name,
            self._state_visibility.name,
            cleanup.is_cleanup_in_background(),
            cleanup.in_full_snapshot(),
            None
            if incremental is None
            else (incremental.get_cleanup_size(), incremental.run_cleanup_for_every_record()),
            None
            if rocksdb is None
            else (rocksdb._query_time_after_num_entries, rocksdb._periodic_compaction_millis),
        )

    def __repr__(self) -> str:
        return (
            f"StateTtlConfig<ttl={self._ttl}, update_type={self._update_type.name}, "
            f"state_visibility={self._state_visibility.name}, "
            f"ttl_time_characteristic={self._ttl_time_characteristic.name}>"
        )


def _ttl(ttl: Any) -> Time:
    length = millis(ttl, "ttl")
    if length <= 0:
        raise ValueError(f"ttl: state lives for at least a millisecond; not for {ttl}.")
    return Time.milliseconds(length)
