# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Enums that are Java's too."""

from __future__ import annotations

from enum import Enum

import pytest

from pyflink.datastream import (
    CheckpointingMode,
    ExternalizedCheckpointCleanup,
    ExternalizedCheckpointRetention,
    PredefinedOptions,
    RuntimeExecutionMode,
    TimeCharacteristic,
    TimeDomain,
)


@pytest.mark.parametrize(
    ("kind", "to_java", "from_java"),
    [
        (CheckpointingMode, "_to_j_checkpointing_mode", "_from_j_checkpointing_mode"),
        (RuntimeExecutionMode, "_to_j_execution_mode", "_from_j_execution_mode"),
        (
            ExternalizedCheckpointRetention,
            "_to_j_externalized_checkpoint_retention",
            "_from_j_externalized_checkpoint_retention",
        ),
        (PredefinedOptions, "_to_j_predefined_options", "_from_j_predefined_options"),
    ],
)
def test_every_member_to_java_and_back(kind: type[Enum], to_java: str, from_java: str) -> None:
    j_members = [getattr(member, to_java)() for member in kind]
    j_all = j_members[0].getDeclaringClass().getEnumConstants()
    assert sorted(j_member.name() for j_member in j_all) == sorted(m.name for m in kind)
    assert [getattr(kind, from_java)(j_member) for j_member in j_members] == list(kind)


def test_values_that_programs_may_have_kept() -> None:
    assert [m.name for m in sorted(TimeCharacteristic, key=lambda m: m.value)] == [
        "ProcessingTime",
        "IngestionTime",
        "EventTime",
    ]
    assert (TimeDomain.EVENT_TIME.value, TimeDomain.PROCESSING_TIME.value) == (0, 1)
    assert [m.name for m in ExternalizedCheckpointCleanup] == [
        m.name for m in ExternalizedCheckpointRetention
    ]
