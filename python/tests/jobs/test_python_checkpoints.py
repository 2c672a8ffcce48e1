# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python functions under checkpoints: every result exactly once, whatever fails."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from pyflink.common import Configuration, Encoder, Types, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import FileSink, NumberSequenceSource

RECORDS = 400_000


def fail(value: int) -> None:
    raise ValueError(f"on purpose, at {value}")


def die(value: int) -> None:
    os._exit(1)


@pytest.mark.parametrize("failure", [fail, die])
def test_every_result_is_written_exactly_once(tmp_path: Path, failure) -> None:
    settings = Configuration()
    settings.set_string("restart-strategy.type", "fixed-delay")
    settings.set_string("restart-strategy.fixed-delay.attempts", "1")
    settings.set_string("restart-strategy.fixed-delay.delay", "1 ms")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    env.set_parallelism(2)
    env.enable_checkpointing(20)
    flag = tmp_path / "failed"

    def fail_once(value: int) -> int:
        if value == RECORDS // 2 and not flag.exists():
            flag.touch()
            failure(value)
        return value

    numbers = env.from_source(
        NumberSequenceSource(1, RECORDS), WatermarkStrategy.no_watermarks(), "numbers", Types.LONG()
    )
    texts = numbers.map(fail_once, Types.LONG()).rebalance().map(str, Types.STRING())
    output = tmp_path / "output"
    encoder = Encoder.simple_string_encoder()
    texts.sink_to(FileSink.for_row_format(str(output), encoder).build())
    env.execute()
    assert flag.exists()
    found: Counter[str] = Counter()
    for part in output.rglob("part-*"):
        found.update(part.read_text().splitlines())
    assert len(found) == RECORDS
    assert set(found.values()) == {1}
