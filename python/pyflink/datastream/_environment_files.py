# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a job brings along: jars, files, Python packages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from pyflink._dependencies.options import (
    ARCHIVES,
    EXECUTABLE,
    FILES,
    REQUIREMENTS,
    check_target,
    local_path,
)
from pyflink._gateway import java_class
from pyflink.common import _settings

# what is no separator there
_HARMLESS = ((",", REQUIREMENTS), ("#", FILES))
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
        """Makes Python code importable in the workers, before what is importable there anyway.

        The one that is added last comes first. As configuration: ``python.files``, several with
        commas between them.

        Args:
            file_path: a local path: a ``.py`` file, importable by its name; a folder, whose
                modules are importable, and which is itself if it is a package; a zip file, an egg
                or a wheel.

        Raises:
            FileNotFoundError: if there is nothing at the path.
            ValueError: if there is a comma in it, which separates paths in the configuration.

        Example:
            >>> import os, tempfile
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     path = os.path.join(folder, "prices.py")
            ...     with open(path, "w") as file:
            ...         _ = file.write("VAT = 1.2")
            ...     env.add_python_file(path)
            ...
            ...     def gross(net):
            ...         import prices
            ...
            ...         return net * prices.VAT
            ...
            ...     list(env.from_collection([10]).map(gross).execute_and_collect())
            [12.0]
        """
        self._add(FILES, _present(file_path, FILES), before=True)

    def set_python_requirements(
        self, requirements_file_path: str, requirements_cache_dir: str | None = None
    ) -> None:
        """Installs packages for the workers, with pip, before the job starts.

        They go into a folder of their own, come first in the workers' ``sys.path``, and are kept in
        the user's cache folder: a later run that asks for the same finds them there. As
        configuration: ``python.requirements``, the folder behind a ``#``.

        Args:
            requirements_file_path: a ``requirements.txt``.
            requirements_cache_dir: a folder with the packages, so that no index is asked.

        Raises:
            FileNotFoundError: if there is nothing at a path.
            ValueError: if there is a ``#`` in a path.
        """
        value = _present(requirements_file_path, REQUIREMENTS)
        if requirements_cache_dir is not None:
            value += "#" + _present(requirements_cache_dir, REQUIREMENTS)
        self._set(REQUIREMENTS, value)

    def add_python_archive(self, archive_path: str, target_dir: str | None = None) -> None:
        """Unpacks an archive in the working directory of the workers.

        A job with archives has a working directory of its own with nothing else in it, so a
        function opens ``data/a.txt``. As configuration: ``python.archives``, each with its target
        behind a ``#``, several with commas between them.

        Args:
            archive_path: a zip or tar file, compressed as it may be, or a folder.
            target_dir: the name of the folder it is unpacked to; the archive's name by default.

        Raises:
            FileNotFoundError: if there is nothing at the path.
            ValueError: if there is a comma or a ``#`` in it, or if the target leads elsewhere.
        """
        value = _present(archive_path, ARCHIVES)
        if target_dir is not None:
            check_target(target_dir)
            value += "#" + target_dir
        self._add(ARCHIVES, value, before=False)

    def set_python_executable(self, python_exec: str) -> None:
        """Sets the interpreter of the workers.

        It must be of the same minor version of Python as the one that runs this program, and need
        have nothing installed: what Flinker itself needs there, it has from this program's. One
        that cannot be used is refused when the job is about to start. As configuration:
        ``python.executable``. (``python.client.executable`` changes nothing: the client is this
        program.)

        Args:
            python_exec: a path, a name on the PATH, or a path in an archive, which starts with the
                archive's target (``venv.zip/venv/bin/python``); by default the interpreter that
                runs this program.
        """
        self._set(EXECUTABLE, python_exec)

    def _add(self, key: str, value: str, before: bool) -> None:
        java_class(_ENVIRONMENTS).extend(self._j_stream_execution_environment, key, value, before)

    def _set(self, key: str, value: str) -> None:
        _settings.put(self._j_stream_execution_environment.getConfig(), {key: value})


def _present(path: str, key: str) -> str:
    """The absolute path, as it can stand in a setting."""
    found = str(local_path(os.fspath(path), key))
    for separator in ",#":
        if separator in found and (separator, key) not in _HARMLESS:
            raise ValueError(
                f"There is a '{separator}' in the path {found}, which separates the parts of the "
                f"setting '{key}'. Rename or copy it."
            )
    return found


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
