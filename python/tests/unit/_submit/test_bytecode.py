# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Compiled modules that go along."""

from __future__ import annotations

import subprocess
import sys

from pyflink._submit.bytecode import compiled


def test_python_takes_what_was_compiled(tmp_path) -> None:
    source = tmp_path / "here" / "part.py"
    source.parent.mkdir()
    source.write_text("import sys\ndef where():\n    return sys._getframe().f_code.co_filename\n")
    broken = tmp_path / "broken.py"
    broken.write_text("print 'of another Python'")
    entries = [
        ("pack/part.py", source),
        ("pack/broken.py", broken),
        ("pack/data.txt", broken),
        ("__main__.py", source),
    ]
    found = dict(compiled(entries))
    name = f"pack/__pycache__/part.{sys.implementation.cache_tag}.pyc"
    assert list(found) == [name]
    assert list(dict(compiled(entries)).values()) == list(found.values())
    there = tmp_path / "there"
    (there / "pack" / "__pycache__").mkdir(parents=True)
    (there / name).write_bytes(found[name])
    # a file that would fail, if it was compiled
    (there / "pack" / "part.py").write_text("no Python at all")
    program = "import pack.part; print(pack.part.where())"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=there, capture_output=True, text=True, check=True
    )
    # a traceback names the file that is there
    assert answer.stdout == f"{there / 'pack' / 'part.py'}\n"
