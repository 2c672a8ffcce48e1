# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How an interpreter finds the package and its libraries."""

from __future__ import annotations

import subprocess
import sys

from pyflink._worker import boot


def test_libraries_are_borrowed_and_nothing_else(tmp_path) -> None:
    for name in ("grpc", "google/protobuf", "other"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
    finder = boot.Borrowed([str(tmp_path)])
    assert finder.find_spec("grpc").origin == str(tmp_path / "grpc" / "__init__.py")
    protobuf = finder.find_spec("google.protobuf", ["/elsewhere/google"])
    assert protobuf.origin == str(tmp_path / "google" / "protobuf" / "__init__.py")
    assert finder.find_spec("google") is not None
    assert finder.find_spec("other") is None
    assert finder.find_spec("google.other") is None
    assert finder.find_spec("msgspec") is None


def test_the_package_is_the_one_of_the_root(tmp_path) -> None:
    for folder, text in (("root", "ours"), ("site", "theirs")):
        package = tmp_path / folder / "pyflink"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "job.py").write_text(
            f"import sys\ndef main():\n    print({text!r}, *sys.path[:1], sys.argv[1:])"
        )
    command = [sys.executable, boot.__file__, "pyflink.job", str(tmp_path / "root")]
    answer = subprocess.run(
        command,
        env={"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.startswith(f"ours {tmp_path / 'site'} ['pyflink.job'")


def test_functions_are_read_with_the_library_of_the_client(tmp_path) -> None:
    for folder in ("root", "site"):
        package = tmp_path / folder / "pyflink"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (tmp_path / folder / "cloudpickle.py").touch()
        (package / "job.py").write_text(
            "import sys\n"
            "def main():\n"
            # as a worker has it: what the interpreter has comes first
            f"    sys.path[:] = [{str(tmp_path / 'site')!r}, *sys.path]\n"
            "    import cloudpickle\n"
            "    print(cloudpickle.__file__)\n"
        )
    root = str(tmp_path / "root")
    answer = subprocess.run(
        [sys.executable, boot.__file__, "pyflink.job", root, root],
        env={"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == f"{tmp_path / 'root' / 'cloudpickle.py'}\n"
