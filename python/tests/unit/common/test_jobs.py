# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""States, identifiers and results of jobs."""

from __future__ import annotations

import pytest

from pyflink.common import JobExecutionResult, JobID, JobStatus
from pyflink.java_gateway import get_gateway

HEX = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def j_common():
    return get_gateway().jvm.org.apache.flink.api.common


def test_the_states_are_java_s(j_common) -> None:
    j_states = list(j_common.JobStatus.values())
    assert {state.name for state in JobStatus} == {j_state.name() for j_state in j_states}
    for j_state in j_states:
        state = JobStatus._from_j_job_status(j_state)
        assert state._to_j_job_status().equals(j_state)
        assert state.is_terminal_state() == j_state.isTerminalState()
        assert state.is_globally_terminal_state() == j_state.isGloballyTerminalState()


def test_identifiers(j_common) -> None:
    job_id = JobID(j_common.JobID.fromHexString(HEX))
    assert str(job_id) == HEX
    assert repr(job_id) == f"JobID({HEX})"
    assert job_id == JobID(j_common.JobID.fromHexString(HEX))
    assert hash(job_id) == hash(JobID(j_common.JobID.fromHexString(HEX)))
    assert job_id != JobID(j_common.JobID())
    assert job_id != HEX


def test_results(j_common) -> None:
    failure = get_gateway().jvm.org.apache.flink.util.OptionalFailure
    j_result = j_common.JobExecutionResult(
        j_common.JobID.fromHexString(HEX), 1234, {"records": failure.of(5)}
    )
    result = JobExecutionResult(j_result)
    assert str(result.get_job_id()) == HEX
    assert result.get_net_runtime() == 1234
    assert result.get_accumulator_result("records") == 5
    assert result.get_accumulator_result("no such") is None
    assert result.get_all_accumulator_results() == {"records": 5}
    assert "Job Runtime: 1234 ms" in str(result)
