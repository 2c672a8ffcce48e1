# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The options that the JVM is started with."""

from __future__ import annotations

import os
import shlex

USER_VARIABLE = "FLINKER_JVM_OPTIONS"
JAVA_VARIABLES = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")

# What Flink's serializers and its memory management open in a modular JDK.
_OPENED = (
    "java.lang",
    "java.lang.reflect",
    "java.io",
    "java.net",
    "java.nio",
    "java.text",
    "java.time",
    "java.util",
    "java.util.concurrent",
    "java.util.concurrent.atomic",
    "java.util.concurrent.locks",
)


def common_options(version: int) -> list[str]:
    """What every JVM of this version gets; a class-data archive is good for these only."""
    options = [
        # one small process on somebody's laptop: least memory and quickest start
        "-XX:+UseSerialGC",
        # or it takes a sixty-fourth of the machine's memory before it collects for the first time
        "-Xms64m",
        "-XX:-UsePerfData",
        # Three times the default, so that the optimizing compiler leaves the processors to Flink
        # while it starts: it takes 0.1 to 0.2 s less of them in a short job. A hot loop is through
        # these thresholds within milliseconds all the same.
        "-XX:Tier4InvocationThreshold=15000",
        "-XX:Tier4MinInvocationThreshold=1800",
        "-XX:Tier4CompileThreshold=45000",
        "-XX:Tier4BackEdgeThreshold=120000",
        # nothing of the JVM's own on the user's screen: not a warning about its archives either
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
    ]
    options += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
    if version >= 22:
        options.append("--enable-native-access=ALL-UNNAMED")
    if version >= 23:
        options.append("--sun-misc-unsafe-memory-access=allow")
    return options


def process_options(work_directory: str) -> list[str]:
    """What only one JVM gets."""
    return [
        f"-XX:ErrorFile={crash_report(work_directory)}",
        f"-Djava.io.tmpdir={work_directory}",
    ]


def user_options() -> list[str]:
    """FLINKER_JVM_OPTIONS, which come last and so win."""
    return shlex.split(os.environ.get(USER_VARIABLE, ""))


def inherited_options() -> list[str]:
    """What the JVM takes from the environment by itself."""
    return [word for name in JAVA_VARIABLES for word in shlex.split(os.environ.get(name, ""))]


def crash_report(work_directory: str) -> str:
    """The file that a crashing JVM leaves."""
    return os.path.join(work_directory, "hs_err.log")
