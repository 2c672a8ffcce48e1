# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a job brings along: jars, files, Python packages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from pyflink._gateway import java_class
from pyflink.common import _settings

_ENVIRONMENTS = "io.flinker.gateway.Environments"


class EnvironmentFiles:
    """The methods of the environment that add files to the job."""

    _j_stream_execution_environment: Any

    def add_jars(self, *jars_path: str) -> None:
        """Adds jars to the job, and to the class path of this program.

        Args:
            jars_path: URLs (``file:///path/to/a.jar``) or paths of files; in one string several
                may be separated by ``;``.

        Raises:
            FileNotFoundError: if there is no file at a local path.
        """
        urls = [_url_of_file(path) for path in _split(jars_path)]
        java_class(_ENVIRONMENTS).addJars(self._j_stream_execution_environment, urls)

    def add_classpaths(self, *classpaths: str) -> None:
        """Adds URLs to the class path of the job and of this program, without uploading them.

        Every machine of the cluster must be able to read them.

        Args:
            classpaths: URLs with a protocol, or local paths.
        """
        urls = [_url(path) for path in _split(classpaths)]
        java_class(_ENVIRONMENTS).addClasspaths(self._j_stream_execution_environment, urls)

    def register_cached_file(self, file_path: str, name: str, executable: bool = False) -> None:
        """Gives every task its own copy of a file.

        Args:
            file_path: a path or URI that the cluster can read.
            name: the name under which functions find it.
            executable: whether the copy may be executed.
        """
        self._j_stream_execution_environment.registerCachedFile(file_path, name, executable)

    def add_python_file(self, file_path: str) -> None:
        """Makes a Python file, package or zip importable in the workers.

        Args:
            file_path: a local path; a folder stands for all in it.
        """
        self._append_to("python.files", file_path, ",")

    def set_python_requirements(
        self, requirements_file_path: str, requirements_cache_dir: str | None = None
    ) -> None:
        """Installs packages for the workers.

        Args:
            requirements_file_path: a ``requirements.txt``.
            requirements_cache_dir: a folder with the packages, so that no network is needed.
        """
        value = requirements_file_path
        if requirements_cache_dir is not None:
            value += "#" + requirements_cache_dir
        self._set("python.requirements", value)

    def add_python_archive(self, archive_path: str, target_dir: str | None = None) -> None:
        """Unpacks an archive in the working directory of the workers.

        Args:
            archive_path: a zip, tar, tar.gz or tgz.
            target_dir: the name of the folder it is unpacked to; the archive's name by default.
        """
        value = archive_path if target_dir is None else f"{archive_path}#{target_dir}"
        self._append_to("python.archives", value, ",")

    def set_python_executable(self, python_exec: str) -> None:
        """Sets the interpreter of the workers.

        Args:
            python_exec: a path, or a name on the PATH; by default the interpreter that runs this
                program.
        """
        self._set("python.executable", python_exec)

    def _append_to(self, key: str, value: str, separator: str) -> None:
        java_class(_ENVIRONMENTS).append(
            self._j_stream_execution_environment, key, value, separator
        )

    def _set(self, key: str, value: str) -> None:
        _settings.put(self._j_stream_execution_environment.getConfig(), {key: value})


def _split(paths: tuple[str, ...]) -> list[str]:
    return [part for path in paths for part in str(path).split(";") if part]


def _url(path: str) -> str:
    """A URL for a URL or a local path."""
    if "://" in path or path.startswith("file:"):
        return path
    return Path(path).absolute().as_uri()


def _url_of_file(path: str) -> str:
    url = _url(path)
    parsed = urlparse(url)
    # "/C:/a.jar" on Windows; urllib.request could tell, but takes 12 ms of the start to import
    path_of_file = unquote(parsed.path).lstrip("/" if os.name == "nt" else "")
    if parsed.scheme == "file" and not os.path.isfile(path_of_file):
        raise FileNotFoundError(
            f"There is no jar at {path}. Give the absolute path of a file, "
            "for example 'file:///home/me/connector.jar'."
        )
    return url
