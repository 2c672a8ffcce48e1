# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Duration, Instant and Time."""

from __future__ import annotations

import pickle

import pytest

from pyflink.common.time import Duration, Instant, Time


class JavaDuration:
    def __init__(self, seconds: int, nano: int) -> None:
        self._parts = seconds, nano

    def getSeconds(self) -> int:
        return self._parts[0]

    def getNano(self) -> int:
        return self._parts[1]


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (Duration.of_nanos(0), "PT0S"),
        (Duration.of_days(2), "PT48H"),
        (Duration.of_hours(-3), "PT-3H"),
        (Duration.of_minutes(90), "PT1H30M"),
        (Duration.of_seconds(3661), "PT1H1M1S"),
        (Duration.of_millis(1500), "PT1.5S"),
        (Duration.of_millis(-1500), "PT-1.5S"),
        (Duration.of_nanos(1500), "PT0.0000015S"),
        (Duration.of_nanos(-1), "PT-0.000000001S"),
        (Duration.of_nanos(60_000_000_001), "PT1M0.000000001S"),
    ],
)
def test_duration_as_text(duration: Duration, text: str) -> None:
    assert str(duration) == text
    assert repr(duration) == f"Duration<{text}>"


def test_durations_are_equal_by_length() -> None:
    assert Duration.of_millis(1000) == Duration.of_seconds(1) == Duration.of_nanos(10**9)
    assert hash(Duration.of_millis(1000)) == hash(Duration.of_seconds(1))
    assert Duration.of_seconds(1) != Duration.of_nanos(10**9 + 1)
    assert Duration.of_seconds(1) != 1


def test_duration_takes_over_a_java_one() -> None:
    assert Duration(JavaDuration(-2, 999_999_999)) == Duration.of_nanos(-1_000_000_001)


def test_duration_takes_whole_numbers_that_java_can_hold() -> None:
    with pytest.raises(TypeError):
        Duration.of_seconds(1.5)  # type: ignore[arg-type]
    assert Duration.of_seconds(2**63 - 1) != Duration.of_seconds(-(2**63))
    with pytest.raises(OverflowError, match="2\\*\\*63"):
        Duration.of_seconds(2**63)


def test_duration_is_pickled() -> None:
    assert pickle.loads(pickle.dumps(Duration.of_nanos(5))) == Duration.of_nanos(5)


def test_instant() -> None:
    assert repr(Instant(1, 2)) == "Instant<1, 2>"
    assert Instant(1, 2) == Instant(1, 2)
    assert Instant(1, 2) != Instant(1, 3)
    assert Instant(1, 2) != (1, 2)
    assert len({Instant(1, 2), Instant(1, 2)}) == 1
    assert (Instant(1, 2).seconds, Instant(1, 2).nanos) == (1, 2)
    assert pickle.loads(pickle.dumps(Instant(-1, 2))) == Instant(-1, 2)


@pytest.mark.parametrize("millis", [0, 1, 999, 1000, 1500, -1, -999, -1000, -1500, 253402300799999])
def test_instant_of_milliseconds(millis: int) -> None:
    instant = Instant.of_epoch_milli(millis)
    assert 0 <= instant.nanos < 10**9
    assert instant.to_epoch_milli() == millis


def test_instant_to_milliseconds_rounds_down() -> None:
    assert Instant(-1, 999_999_999).to_epoch_milli() == -1
    assert Instant(0, 1_999_999).to_epoch_milli() == 1


def test_time() -> None:
    lengths = [Time.milliseconds(1), Time.seconds(1), Time.minutes(1), Time.hours(1), Time.days(1)]
    assert [t.to_milliseconds() for t in lengths] == [1, 1000, 60_000, 3_600_000, 86_400_000]
    assert str(Time(5)) == "5 ms"
    assert repr(Time(5)) == "Time<5 ms>"
    assert Time.seconds(1) == Time(1000) != Time(1001)
    assert Time(4) != 4
    assert len({Time.seconds(1), Time(1000)}) == 1
