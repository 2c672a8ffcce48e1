# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the wheel carries beside Python."""

from __future__ import annotations

import zipfile

import pytest

from build_tools.engine import LIBRARY, ROOT, build_engine
from build_tools.trim import RULES, rule_for

JARS = sorted(LIBRARY.glob("*.jar"))


def test_every_bundled_jar_is_in_the_list_of_third_parties() -> None:
    lines = (ROOT / "THIRD-PARTY").read_text(encoding="utf-8").splitlines()
    listed = {line.split()[0] for line in lines if line.split()[:1] and ".jar " in line}
    assert listed == {jar.name for jar in JARS} - {"flinker-engine.jar"}


def test_what_talks_to_workers_is_in_the_engine_under_names_of_its_own() -> None:
    with zipfile.ZipFile(LIBRARY / "flinker-engine.jar") as jar:
        names = {name for name in jar.namelist() if name.endswith(".class")}
    rooms = {name.split("/")[0] + "/" + name.split("/")[1] for name in names}
    assert rooms == {"io/flinker", "flinker/shaded"}
    for part in ("grpc", "netty", "google/protobuf", "google/common", "beam"):
        assert any(name.startswith(f"flinker/shaded/{part}/") for name in names), part


def test_every_licence_text_that_the_list_names_is_there() -> None:
    lines = (ROOT / "THIRD-PARTY").read_text(encoding="utf-8").splitlines()
    named = {word.rstrip(",") for line in lines for word in line.split() if "licenses/" in word}
    named.discard("META-INF/licenses.")
    assert named == {f"licenses/{file.name}" for file in (ROOT / "licenses").iterdir()}


def test_the_jars_leave_the_wheel_below_100_mb() -> None:
    assert sum(jar.stat().st_size for jar in JARS) < 99_000_000


def test_every_rule_of_trimming_has_its_jar() -> None:
    assert {rule_for(jar) for jar in JARS} == {None, *RULES}


@pytest.mark.parametrize("jar", JARS, ids=lambda jar: jar.name)
def test_every_jar_is_whole(jar: object) -> None:
    with zipfile.ZipFile(str(jar)) as archive:
        assert archive.testzip() is None


def test_jars_that_are_up_to_date_are_not_built_again() -> None:
    assert build_engine() is False
