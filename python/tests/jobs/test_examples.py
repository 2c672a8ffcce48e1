# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Every example runs as it is."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples"
TUTORIAL_OUTPUT = Path("/tmp/output")


def run(name: str, *arguments: str, error: str = "") -> str:
    answer = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", str(EXAMPLES / name), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert answer.stderr == error
    return answer.stdout


def files_in(folder: Path) -> set[Path]:
    return {file for file in folder.rglob("*") if file.is_file()}


def test_datastream_tutorial() -> None:
    before = files_in(TUTORIAL_OUTPUT)
    assert run("datastream_tutorial.py") == ""
    written = files_in(TUTORIAL_OUTPUT) - before
    try:
        assert "".join(file.read_text() for file in written) == "1,aaa\n2,bbb\n"
    finally:
        for file in written:
            file.unlink()


def test_datastream_tutorial_modern(tmp_path: Path) -> None:
    run("datastream_tutorial_modern.py", str(tmp_path))
    text = "".join(file.read_text() for file in files_in(tmp_path))
    assert text == "+I[1, aaa]\n+I[2, bbb]\n"


def test_collect_results() -> None:
    assert run("collect_results.py") == "1 tea\n2 cake\n3 bread\n"


def test_text_files(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    (source / "one.txt").write_text("a\nb\n", encoding="utf-8")
    (source / "two.txt").write_text("ä\n", encoding="utf-8")
    assert run("text_files.py", str(source), str(target)).startswith("done in ")
    copies = files_in(target)
    assert {file.name[:4] + file.suffix for file in copies} == {"copy.txt"}
    lines = "".join(file.read_text(encoding="utf-8") for file in copies).splitlines()
    assert sorted(lines) == ["a", "b", "ä"]


def test_metrics() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    shown = run("metrics.py", port, error=f"flinker: Flink dashboard: http://127.0.0.1:{port}\n")
    seen = dict(line.split(" ", 1) for line in shown.splitlines())
    assert seen["temperatures_max"] == "29"
    assert seen["temperatures"].startswith("DistributionResult{sum=")
    assert int(seen["too_hot"]) > 0
    assert 20 <= int(seen["latest"]) <= 29


def test_word_count() -> None:
    expected = "be 2\nis 1\nnot 1\nor 1\nquestion 1\nthat 1\nthe 1\nto 2\n"
    assert run("word_count.py") == expected


def test_side_outputs() -> None:
    lines = run("side_outputs.py").splitlines()
    assert [line for line in lines if line.startswith("square> ")] == ["square> 1", "square> 9"]
    (unreadable,) = (line for line in lines if not line.startswith("square> "))
    assert unreadable.startswith("unreadable> two: invalid literal for int()")


def test_connect() -> None:
    assert run("connect.py") == "ann 10\nbob 20\nann 30\n"


def test_async_requests() -> None:
    lines = run("async_requests.py").splitlines()
    assert [line for line in lines if line[0] == "("] == ["(tea,3)", "(bread,4)", "(cake,6)"]
    late = [line for line in lines if line[0] != "("]
    assert sorted(late) == ["bread at last", "cake at last", "tea at last"]


@pytest.mark.parametrize("example", sorted(file.name for file in EXAMPLES.glob("*.py")))
def test_no_example_without_a_test(example: str) -> None:
    assert f"def test_{example.removesuffix('.py')}" in Path(__file__).read_text()


def test_keyed_state() -> None:
    assert run("keyed_state.py").splitlines() == [
        "ann: 3, last tea, most tea",
        "bob: 5, last cake, most cake",
        "ann: 8, last tea, cake, most tea",
        "ann: 11, last tea, cake, tea, most tea",
        "ann: 15, last cake, tea, bread, most tea",
    ]


def test_timers() -> None:
    assert run("timers.py").splitlines() == [
        "cellar has been silent from 2000 on",
        "attic has been silent from 15000 on",
    ]


def test_broadcast() -> None:
    assert run("broadcast.py").splitlines() == [
        "10.0 USD are 9.00 EUR",
        "2.0 GBP are 2.40 EUR",
        "1.0 XYZ are unknown",
    ]


def test_tumbling_windows() -> None:
    assert run("tumbling_windows.py").splitlines() == [
        "/ in minute 0: 8.3 ms",
        "/ in minute 1: 7.0 ms",
        "/cart in minute 1: 30.0 ms",
    ]


def test_sliding_windows() -> None:
    assert run("sliding_windows.py").splitlines() == [
        "until minute 1: 1 (ann)",
        "until minute 2: 2 (ann, bob)",
        "until minute 3: 2 (ann, bob)",
        "until minute 4: 3 (ann, bob, eve)",
        "until minute 5: 1 (eve)",
        "until minute 6: 1 (eve)",
    ]


def test_session_windows() -> None:
    assert run("session_windows.py").splitlines() == [
        "bob: home help in 17 minutes",
        "ann: home cart pay home in 55 minutes",
    ]


def test_count_windows() -> None:
    assert run("count_windows.py").splitlines() == ["(attic,24)", "(attic,24)", "(attic,23)"]


def test_global_windows() -> None:
    assert run("global_windows.py").splitlines() == [
        "Graz: 60 + 50",
        "Wien: 30 + 80",
        "Graz: 20 + 90",
    ]


def test_late_records() -> None:
    lines = run("late_records.py").splitlines()
    assert [line for line in lines if line.startswith("minute")] == [
        "minute> in time",
        "minute> in time + late",
        "minute> the next minute",
    ]
    assert "late> too late" in lines


def test_processing_time_windows() -> None:
    counts = [line.split() for line in run("processing_time_windows.py").splitlines()]
    assert len(counts) > 1
    assert all(1 <= int(count) <= 150 for count, *_ in counts)
    assert sum(int(count) for count, *_ in counts) == int(counts[-1][2]) <= 150
