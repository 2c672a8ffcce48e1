# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The settings that say what workers need, read and checked."""

from __future__ import annotations

import os

import pytest

from pyflink._dependencies.options import Archive, Options, Requirements


def test_nothing_is_asked_for() -> None:
    assert Options.of({}) == Options((), (), None, None, ())
    empty = dict.fromkeys(("python.files", "python.archives", "python.requirements"), "")
    assert Options.of(empty) == Options((), (), None, None, ())


def test_everything_is_asked_for(tmp_path, monkeypatch) -> None:
    for name in ("a.py", "b.py", "c.zip", "r.txt"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    options = Options.of(
        {
            "python.files": f"a.py, {(tmp_path / 'b.py').as_uri()} ,",
            "python.archives": "c.zip#data/x,c.zip",
            "python.requirements": "r.txt#.",
            "python.executable": "python3",
            "python.pythonpath": os.pathsep.join(["lib", "", "/opt"]),
        }
    )
    assert options.files == (tmp_path / "a.py", tmp_path / "b.py")
    archive = tmp_path / "c.zip"
    data = os.path.join("data", "x")
    assert options.archives == (Archive(archive, data), Archive(archive, "c.zip"))
    assert options.requirements == Requirements(tmp_path / "r.txt", tmp_path)
    assert options.executable == "python3"
    assert options.pythonpath == (str(tmp_path / "lib"), os.path.abspath("/opt"))


def test_a_path_elsewhere() -> None:
    with pytest.raises(ValueError, match=r"'hdfs://a/b\.py' .* is not a local path"):
        Options.of({"python.files": "hdfs://a/b.py"})


def test_two_archives_for_one_folder(tmp_path) -> None:
    one, two = tmp_path / "1.zip", tmp_path / "2.zip"
    one.touch()
    two.touch()
    with pytest.raises(ValueError, match=r"unpacked to 'd': .*1\.zip and .*2\.zip"):
        Options.of({"python.archives": f"{one}#d,{two}#d"})
    # the very same once more does no harm
    assert len(Options.of({"python.archives": f"{one}#d,{one}#d"}).archives) == 1


@pytest.mark.parametrize("target", ["/d", "..", "a/../../b"])
def test_a_target_elsewhere(tmp_path, target) -> None:
    (tmp_path / "a.zip").touch()
    with pytest.raises(ValueError, match="An archive cannot be unpacked to"):
        Options.of({"python.archives": f"{tmp_path / 'a.zip'}#{target}"})
