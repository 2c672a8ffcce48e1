#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""One verb per task, with nothing but Python, a JDK and Maven on the machine.

    python3 dev.py tutorial     run the tutorial and show what it wrote
    python3 dev.py test         all that has to hold: linters, Java tests, Python tests

The first verb that needs it makes a virtual environment in .venv. 'python3 dev.py' lists all.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# ruff: noqa: UP036
if sys.version_info < (3, 10):
    sys.exit(f"Flinker needs Python 3.10 or newer, and this is {sys.version.split()[0]}.")

from build_tools.engine import build_engine
from build_tools.maven import BuildError, maven_executable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
_BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
_SOURCES = ("python", "build_tools", "dev.py", "setup.py", "examples", "benchmarks")
_TUTORIAL_OUTPUT = Path("/tmp/output")


class Failed(Exception):
    """A step has failed, and has said why."""


def run(*command: str | Path, title: str = "") -> None:
    """Runs a command in the repository with its output shown."""
    shown = title or " ".join(
        Path(part).name if part is command[0] else str(part) for part in command
    )
    print(f"== {shown}", flush=True)
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise Failed(shown)


def tool(name: str) -> Path:
    """A command of the virtual environment."""
    return _BIN / name


def setup(_: list[str] | None = None) -> None:
    """Make .venv, install Flinker into it in place with its tools, build the engine."""
    stamp = VENV / "flinker-setup"
    wanted = [
        sys.version.replace("\n", " "),
        hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
    ]
    found = stamp.read_text(encoding="utf-8").splitlines() if stamp.is_file() else []
    if found != wanted:
        # says what is missing before anything is downloaded
        maven_executable()
        if found[:1] != wanted[:1]:
            shutil.rmtree(VENV, ignore_errors=True)
            run(sys.executable, "-m", "venv", VENV, title="python -m venv .venv")
        run(tool("python"), "-m", "pip", "install", "-q", "-e", ".[dev]")
        stamp.write_text("\n".join(wanted), encoding="utf-8")
    build_engine()


def tutorial(_: list[str]) -> None:
    """Run the tutorial on an embedded Flink cluster and print what it wrote."""
    setup()
    before = set(_files(_TUTORIAL_OUTPUT))
    run(tool("python"), "examples/datastream_tutorial.py")
    for file in _files(_TUTORIAL_OUTPUT):
        if file not in before:
            print(f"== {file}")
            print(file.read_text(encoding="utf-8"), end="")


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test(arguments: list[str]) -> None:
    """Run everything: linters, Java tests, Python tests (arguments go to pytest)."""
    setup()
    steps: list[Callable[[], None]] = [
        python_lint,
        lambda: java_test([]),
        lambda: python_test(arguments),
    ]
    failed = [name for name in (_failure(step) for step in steps) if name]
    if failed:
        raise Failed(", ".join(failed))


def _failure(step: Callable[[], None]) -> str:
    try:
        step()
    except Failed as e:
        return str(e)
    return ""


def lint(_: list[str]) -> None:
    """Check formats, types, layering and the usual mistakes, in Python and in Java."""
    setup()
    steps = [python_lint, lambda: maven("-Pchecks", "test-compile")]
    failed = [name for name in (_failure(step) for step in steps) if name]
    if failed:
        raise Failed(", ".join(failed))


def python_lint() -> None:
    """What lint does for Python; goes on after a failure, to show all of them."""
    sources = [name for name in _SOURCES if (ROOT / name).exists()]
    steps = [
        lambda: run(tool("ruff"), "format", "--check", *sources),
        lambda: run(tool("ruff"), "check", *sources),
        lambda: run(tool("mypy")),
        lambda: run(tool("lint-imports"), "--no-cache"),
    ]
    failed = [name for name in (_failure(step) for step in steps) if name]
    if failed:
        raise Failed(", ".join(failed))


def maven(*arguments: str) -> None:
    """Runs Maven with its output shown."""
    run(maven_executable(), "-B", "-ntp", *arguments)


def java_test(arguments: list[str]) -> None:
    """Check and test the Java side (an argument names a test class, as -Dtest= does)."""
    chosen = [f"-Dtest={','.join(arguments)}"] if arguments else []
    maven("-Pchecks", *chosen, "verify")


def python_test(arguments: list[str]) -> None:
    """Test the Python side (arguments go to pytest)."""
    setup()
    run(tool("python"), "-m", "pytest", *arguments)


def reformat(_: list[str]) -> None:
    """Format all Python and Java sources."""
    setup()
    sources = [name for name in _SOURCES if (ROOT / name).exists()]
    run(tool("ruff"), "format", *sources)
    run(tool("ruff"), "check", "--fix", *sources)
    maven("-q", "spotless:apply")


def engine(_: list[str]) -> None:
    """Bring the jars in python/pyflink/lib up to date."""
    if not build_engine():
        print("The engine's jars are up to date.")


def build(_: list[str]) -> None:
    """Build the source distribution, and the wheel from it, into dist/."""
    setup()
    run(tool("python"), "-m", "build", title="python -m build")


def bench(arguments: list[str]) -> None:
    """Run a benchmark of benchmarks/ by its name."""
    scripts = (ROOT / "benchmarks").glob("*.py")
    there = sorted(file.stem for file in scripts if file.read_text().startswith("#!"))
    if not arguments or arguments[0] not in there:
        sys.exit(f"Name a benchmark: {', '.join(there) or 'there is none'}")
    setup()
    run(tool("python"), f"benchmarks/{arguments[0]}.py", *arguments[1:])


VERBS: dict[str, Callable[[list[str]], None]] = {
    "setup": setup,
    "tutorial": tutorial,
    "test": test,
    "format": reformat,
    "lint": lint,
    "java-test": java_test,
    "python-test": python_test,
    "engine": engine,
    "build": build,
    "bench": bench,
}


def main() -> int:
    """Runs the verb on the command line."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="One verb per task.",
        epilog="\n".join(
            f"  {name:12} {(verb.__doc__ or '').strip()}" for name, verb in VERBS.items()
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", nargs="?", choices=VERBS, metavar="verb", help="one of those below")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="what the verb takes")
    options = parser.parse_args()
    if options.verb is None:
        parser.print_help()
        return 2
    start = time.monotonic()
    try:
        VERBS[options.verb](options.arguments)
    except BuildError as e:
        print(e, file=sys.stderr)
        return 1
    except Failed as e:
        print(f"== FAILED: {e}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"== {options.verb}: done in {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
