# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How long state lives: what can be said, what is refused, and what the engine is told."""

from __future__ import annotations

import pickle

import pytest

from pyflink.common import Duration, Time
from pyflink.datastream.state import StateTtlConfig

UpdateType = StateTtlConfig.UpdateType
Visibility = StateTtlConfig.StateVisibility
Strategies = StateTtlConfig.CleanupStrategies


def test_what_is_not_said_is_as_in_flink() -> None:
    config = StateTtlConfig.new_builder(Time.seconds(5)).build()
    assert config.get_ttl() == Time.seconds(5)
    assert config.get_update_type() is UpdateType.OnCreateAndWrite
    assert config.get_state_visibility() is Visibility.NeverReturnExpired
    assert (
        config.get_ttl_time_characteristic() is StateTtlConfig.TtlTimeCharacteristic.ProcessingTime
    )
    assert config.is_enabled()
    cleanup = config.get_cleanup_strategies()
    assert cleanup.is_cleanup_in_background()
    assert not cleanup.in_full_snapshot()
    on_heap = cleanup.get_incremental_cleanup_strategy()
    assert on_heap is not None
    assert (on_heap.get_cleanup_size(), on_heap.run_cleanup_for_every_record()) == (5, False)
    in_rocksdb = cleanup.get_rocksdb_compact_filter_cleanup_strategy()
    assert in_rocksdb is not None
    assert in_rocksdb.get_query_time_after_num_entries() == 1000
    assert in_rocksdb.get_periodic_compaction_time() == Duration.of_days(30)


def test_what_is_not_said_is_not_told() -> None:
    config = StateTtlConfig.new_builder(Time.seconds(5)).build()
    assert config._options == (
        5000,
        "OnCreateAndWrite",
        "NeverReturnExpired",
        True,
        False,
        None,
        None,
    )


def test_all_that_can_be_said() -> None:
    config = (
        StateTtlConfig.new_builder(Time.seconds(5))
        .set_ttl(Duration.of_minutes(1))
        .update_ttl_on_read_and_write()
        .return_expired_if_not_cleaned_up()
        .use_processing_time()
        .cleanup_full_snapshot()
        .cleanup_incrementally(7, True)
        .cleanup_in_rocksdb_compact_filter(10, Duration.of_hours(1))
        .disable_cleanup_in_background()
        .build()
    )
    options = config._options
    assert options.ttl == 60_000
    assert options.update_type == "OnReadAndWrite"
    assert options.state_visibility == "ReturnExpiredIfNotCleanedUp"
    assert not options.cleanup_in_background
    assert options.full_snapshot
    assert options.incremental == (7, True)
    assert options.rocksdb == (10, 3_600_000)
    assert pickle.loads(pickle.dumps(config))._options == options


def test_later_calls_win_over_earlier_ones() -> None:
    config = (
        StateTtlConfig.new_builder(Time.days(1))
        .set_update_type(UpdateType.OnReadAndWrite)
        .update_ttl_on_create_and_write()
        .set_state_visibility(Visibility.ReturnExpiredIfNotCleanedUp)
        .never_return_expired()
        .cleanup_incrementally(1, False)
        .cleanup_incrementally(2, False)
        .cleanup_in_rocksdb_compact_filter(3)
        .build()
    )
    assert config.get_update_type() is UpdateType.OnCreateAndWrite
    assert config.get_state_visibility() is Visibility.NeverReturnExpired
    assert config._options.incremental == (2, False)
    assert config._options.rocksdb == (3, 30 * 86_400_000)


def test_a_builder_can_go_on_after_it_has_built() -> None:
    builder = StateTtlConfig.new_builder(Time.days(1))
    before = builder.build()
    builder.cleanup_full_snapshot()
    assert not before.get_cleanup_strategies().in_full_snapshot()
    assert builder.build().get_cleanup_strategies().in_full_snapshot()


def test_nothing_in_the_background() -> None:
    cleanup = (
        StateTtlConfig.new_builder(Time.days(1))
        .disable_cleanup_in_background()
        .build()
        .get_cleanup_strategies()
    )
    assert cleanup.get_incremental_cleanup_strategy() is None
    assert cleanup.get_rocksdb_compact_filter_cleanup_strategy() is None


def test_disabled() -> None:
    config = StateTtlConfig.new_builder(Time.days(1)).set_update_type(UpdateType.Disabled).build()
    assert not config.is_enabled()


def test_it_shows_what_it_says() -> None:
    assert repr(StateTtlConfig.new_builder(Time.milliseconds(1)).build()) == (
        "StateTtlConfig<ttl=1 ms, update_type=OnCreateAndWrite, "
        "state_visibility=NeverReturnExpired, ttl_time_characteristic=ProcessingTime>"
    )


@pytest.mark.parametrize("ttl", [Time.milliseconds(0), Duration.of_nanos(1), Time.seconds(-1)])
def test_state_lives_for_a_millisecond_at_least(ttl: Time | Duration) -> None:
    with pytest.raises(ValueError, match="ttl: state lives for at least a millisecond"):
        StateTtlConfig.new_builder(ttl)


def test_a_number_is_no_time() -> None:
    with pytest.raises(TypeError, match=r"ttl is a Duration or a Time, .* not 5\."):
        StateTtlConfig.new_builder(5)  # type: ignore[arg-type]


def test_cleanup_looks_at_something() -> None:
    builder = StateTtlConfig.new_builder(Time.days(1))
    with pytest.raises(ValueError, match="cleanup_size is at least 1; not 0"):
        builder.cleanup_incrementally(0, False)
    with pytest.raises(TypeError, match="query_time_after_num_entries is an int"):
        builder.cleanup_in_rocksdb_compact_filter("1000")  # type: ignore[arg-type]
