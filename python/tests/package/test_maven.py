# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""When the engine cannot be built, one line says what is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_tools.maven import BuildError, run_maven

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the Maven of these tests is a shell script"
)


@pytest.fixture
def fake_maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The script that stands for Maven; as long as it is not written, there is none."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return tmp_path / "mvn"


def write(script: Path, version: str, *, home: Path, then: str = "") -> None:
    script.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = -version ]; then\n'
        f"  echo 'Java version: {version}, vendor: X, runtime: {home}'; exit 0\n"
        f"fi\n{then}\n"
    )
    script.chmod(0o755)


def jdk(folder: Path) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "javac").touch()
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(BuildError) as caught:
        run_maven(folder, "package")
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_no_maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(tmp_path) == "Building Flinker needs Maven, and there is no 'mvn' on PATH."


def test_no_java(fake_maven: Path, tmp_path: Path) -> None:
    fake_maven.write_text("#!/bin/sh\necho JAVA_HOME is not defined >&2\nexit 1\n")
    fake_maven.chmod(0o755)
    assert refusal(tmp_path) == (
        "Building Flinker needs a JDK, and Maven finds none: JAVA_HOME is not defined"
    )


@pytest.mark.parametrize(("version", "shown"), [("11.0.2", "11"), ("1.8.0_412", "8")])
def test_an_old_java(fake_maven: Path, tmp_path: Path, version: str, shown: str) -> None:
    write(fake_maven, version, home=jdk(tmp_path / "old"))
    assert refusal(tmp_path) == (
        f"Building Flinker needs Java 17 or newer, and Maven uses Java {shown} in "
        f"{tmp_path / 'old'}: set JAVA_HOME to a newer JDK."
    )


def test_a_java_without_a_compiler(fake_maven: Path, tmp_path: Path) -> None:
    write(fake_maven, "21.0.1", home=tmp_path)
    assert "a Java without a compiler" in refusal(tmp_path)


def test_no_network(fake_maven: Path, tmp_path: Path) -> None:
    said = "[ERROR] Could not transfer artifact a:b:jar:1 from/to central"
    write(fake_maven, "17", home=jdk(tmp_path / "jdk"), then=f"echo '{said}'; exit 1")
    assert refusal(tmp_path) == (
        "Building Flinker needs a network for Maven to fetch from: "
        "Could not transfer artifact a:b:jar:1 from/to central"
    )


def test_any_other_failure_shows_what_maven_said(
    fake_maven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(fake_maven, "17", home=jdk(tmp_path / "jdk"), then="echo cannot find symbol; exit 1")
    assert refusal(tmp_path).startswith("Maven failed, see its output above: ")
    assert "cannot find symbol" in capsys.readouterr().out


def test_a_good_run_says_nothing(
    fake_maven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(fake_maven, "25.0.2", home=jdk(tmp_path / "jdk"), then='echo "$@" > said')
    run_maven(tmp_path, "package")
    assert capsys.readouterr().out == ""
    assert (tmp_path / "said").read_text() == "-q -B -Dstyle.color=never package\n"
