# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The command that says what is wrong."""

from __future__ import annotations

import json
import platform


def test_here(flinker) -> None:
    findings = json.loads(flinker("doctor", "--json", FLINKER_TARGET="").stdout)
    looked_at = [finding["what"] for finding in findings]
    assert looked_at == ["Python", "Java", "engine", "cache", "ports", "embedded cluster"]
    assert {finding["state"] for finding in findings} == {"ok"}
    assert platform.python_version() in findings[0]["found"]


def test_what_is_wrong_here(flinker, tmp_path) -> None:
    file = tmp_path / "file"
    file.touch()
    wrong = {"FLINKER_JVM_OPTIONS": "-XX:NoSuchOption", "FLINKER_CACHE_DIR": f"{file}/cache"}
    shown = flinker("doctor", code=1, FLINKER_TARGET="", **wrong).stdout
    lines = shown.splitlines()
    assert f"!!  cache: {file}/cache cannot be written to" in lines
    assert any(line.startswith("    -> Set FLINKER_CACHE_DIR to ") for line in lines)
    assert "NO  embedded cluster: GatewayError: The JVM ended before it was up" in shown
    assert "NoSuchOption" in shown
    assert "\tat " not in shown


def test_a_cluster(flinker, cluster) -> None:
    answer = flinker("doctor", "--target", cluster.address, "--json", FLINKER_TARGET="")
    findings = {finding["what"]: finding for finding in json.loads(answer.stdout)}
    assert {finding["state"] for finding in findings.values()} == {"ok"}
    assert findings["Flink"]["found"] == "2.3.0"
    assert findings["slots"]["found"] == "8 of 8 are free, on 2 task managers"
    assert "job there" in findings
    pythons = [finding for what, finding in findings.items() if what.startswith("Python of ")]
    assert len(pythons) == 2
    for finding in pythons:
        assert finding["found"].startswith(platform.python_version())
        assert platform.machine() in finding["found"]
    shown = flinker("doctor", "-t", "http://127.0.0.1:1", code=1)
    assert "There is no cluster at http://127.0.0.1:1" in shown.stderr
    assert shown.stderr.count("\n") == 1
