# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which Java, which jars, which class-data archive: all that a start of the JVM depends on."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from importlib import import_module

from pyflink._gateway.class_data import Archive, find_archive
from pyflink._gateway.class_path import class_path
from pyflink._gateway.errors import GatewayError, JavaCrashedError
from pyflink._gateway.java_home import Java, find_java
from pyflink._gateway.options import common_options, user_options
from pyflink._gateway.process import JavaProcess

_CHECK_SECONDS = 60
_TARGET = "FLINKER_TARGET"


def _for_target(jars: list[str]) -> list[str]:
    """The jars; for a cluster elsewhere, those of its version of Flink."""
    if _TARGET not in os.environ:
        return jars
    # by its name, as this room does not know that one
    chosen: list[str] = import_module("pyflink._submit.versions").class_path_for_target(jars)
    return chosen


@dataclass(frozen=True)
class Launch:
    """A start of the JVM that is prepared."""

    java: Java
    jars: list[str]
    archive: Archive | None

    @staticmethod
    def prepare() -> Launch:
        """Looks for everything.

        Raises:
            JavaNotFoundError: if there is no Java.
            EngineNotFoundError: if the jars are missing.
            ClusterError: if the cluster that the environment names is not to be had.
        """
        java = find_java()
        own = class_path()
        jars = _for_target(own)
        # for another version of Flink there is no archive
        return Launch(java, jars, find_archive(java, jars) if jars == own else None)

    def start(self, cluster: bool = False) -> JavaProcess:
        """Starts the JVM, on the archive if there is one.

        Args:
            cluster: whether the embedded cluster shall start at once.

        Raises:
            GatewayError: if it does not come up.
        """
        if self.archive is not None and self.archive.is_ready():
            try:
                return JavaProcess(self.java, self.jars, self.archive.options(), cluster)
            except JavaCrashedError:
                # Java 17 maps an archive that was damaged after it was made, and dies of it
                self.archive.fail()
        return JavaProcess(self.java, self.jars, cluster=cluster)

    def start_training(self, made: Archive, exit_seconds: int) -> JavaProcess:
        """Starts a JVM that writes an archive at its end, if that is in order.

        Args:
            made: the archive to write.
            exit_seconds: how long the JVM may take to end.

        Raises:
            GatewayError: if it does not come up.
        """
        patience = f"-Dflinker.exit.seconds={exit_seconds}"
        return JavaProcess(self.java, self.jars, [*made.training_options(), patience])

    def check(self, made: Archive) -> None:
        """Makes sure that a JVM like those of :meth:`start` can use an archive.

        Raises:
            GatewayError: if it cannot.
        """
        command = [
            self.java.executable,
            *common_options(self.java.version),
            *made.checking_options(),
            *user_options(),
            "-cp",
            os.pathsep.join(self.jars),
            "-version",
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_CHECK_SECONDS, check=True)
        except (OSError, subprocess.SubprocessError) as e:
            raise GatewayError(f"The archive just made cannot be used: {e}") from e
