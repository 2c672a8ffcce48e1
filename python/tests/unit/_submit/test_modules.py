# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import json
import beside
import msgspec
from parts import inner

def function():
    import late

from pyflink._submit.modules import program_modules
print(json.dumps(sorted(name for name, _ in program_modules())))
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in {
        "script.py": SCRIPT,
        "beside.py": "import deeper",
        "deeper.py": "def again():\n    import script",
        "late.py": "",
        "unrelated.py": "",
        "parts/__init__.py": "",
        "parts/inner.py": "import fromparts",
        "parts/data.txt": "data",
        "fromparts.py": "",
        "namespace/module.py": "",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


FOUND = [
    "beside.py",
    "deeper.py",
    "fromparts.py",
    "late.py",
    "parts/__init__.py",
    "parts/data.txt",
    "parts/inner.py",
    "script.py",
]


def test_modules_are_found_by_reading_the_program(folder) -> None:
    answer = subprocess.run(
        [sys.executable, folder / "script.py"], capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout) == FOUND


def test_the_command_finds_the_same(folder) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "pyflink", "run", folder / "script.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout) == FOUND
