# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Jars lose what the rules drop, and nothing else."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from build_tools.trim import RULES, Rule, rule_for, trim

RULE = Rule("natives", r"native/(?!linux/).*", "a test")


def jar_with(path: Path, **entries: str) -> Path:
    with zipfile.ZipFile(path, "w") as jar:
        for name, text in entries.items():
            jar.writestr(name.replace("__", "/"), text)
    return path


def test_drops_what_matches_and_keeps_the_rest(tmp_path: Path) -> None:
    source = jar_with(
        tmp_path / "natives-1.0.jar",
        **{"META-INF__NOTICE": "ours", "native__linux__a": "A", "native__aix__a": "B", "x": "C"},
    )
    trim(source, tmp_path / "out.jar", RULE)
    with zipfile.ZipFile(tmp_path / "out.jar") as jar:
        assert {name: jar.read(name) for name in jar.namelist()} == {
            "META-INF/NOTICE": b"ours",
            "native/linux/a": b"A",
            "x": b"C",
        }


def test_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    entries = {"native__aix__a": "A", "b": "B" * 10_000}
    for name in ("one", "two"):
        trim(jar_with(tmp_path / f"{name}-in.jar", **entries), tmp_path / f"{name}.jar", RULE)
    assert (tmp_path / "one.jar").read_bytes() == (tmp_path / "two.jar").read_bytes()


def test_refuses_a_signed_jar(tmp_path: Path) -> None:
    source = jar_with(tmp_path / "natives-1.0.jar", **{"META-INF__X.SF": "", "native__aix__a": ""})
    with pytest.raises(ValueError, match=r"natives-1\.0\.jar is signed"):
        trim(source, tmp_path / "out.jar", RULE)


def test_refuses_a_rule_that_drops_nothing(tmp_path: Path) -> None:
    source = jar_with(tmp_path / "natives-1.0.jar", native__linux__a="A")
    with pytest.raises(ValueError, match="drops nothing"):
        trim(source, tmp_path / "out.jar", RULE)


def test_a_rule_is_found_by_the_artifact_whatever_its_version() -> None:
    assert rule_for(Path("frocksdbjni-8.10.0-ververica-1.0.jar")) is RULES[0]
    assert rule_for(Path("flink-shaded-netty-4.2.6.Final-21.0.jar")) is not None
    assert rule_for(Path("flink-shaded-guava-33.5.0-jre-21.0.jar")) is None


@pytest.mark.parametrize(
    "name",
    ["linux64.so", "linux-aarch64.so", "osx-arm64.jnilib", "osx-x86_64.jnilib", "win64.dll"],
)
def test_keeps_rocksdb_where_people_run_it(name: str) -> None:
    assert not re.fullmatch(RULES[0].drop, f"librocksdbjni-{name}")


@pytest.mark.parametrize("name", ["linux64-musl.so", "linux32.so", "linux-ppc64le.so"])
def test_drops_rocksdb_elsewhere(name: str) -> None:
    assert re.fullmatch(RULES[0].drop, f"librocksdbjni-{name}")
