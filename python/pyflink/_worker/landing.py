# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The first thing that a task manager's Python does for a job: says whether it fits, unpacks.

It is the ``__main__.py`` of the archive with the worker's package, which the interpreter runs as
``python3 ARCHIVE PYTHON MACHINE LIBC [ARCHIVE FOLDER]...``. The interpreter may be any Python 3:
one that is too old must be able to say so. So there is nothing newer than 3.5 in here.
"""

import os
import platform
import shutil
import stat
import sys
import zipfile

#: Precedes the answer, whose parts have NULs between them.
ANSWER = "flinker landed"


def unfit(python: str, machine: str, libc: str) -> str:
    """Why this interpreter cannot run the job's workers; empty if it can.

    Args:
        python: the version that the program runs on, such as "3.11"; empty if this interpreter
            only unpacks another one.
        machine: the processor that what is native in the job is for.
        libc: the oldest C library that it runs on, such as "glibc 2.17"; empty for any.
    """
    mine = "%d.%d" % sys.version_info[:2]
    if python and mine != python:
        return (
            "is Python %s (%s) and the program runs on Python %s: functions cannot go from one "
            "minor version of Python to another. Run the program on Python %s, or name a Python %s "
            "of the task managers with set_python_executable() or 'python.executable'."
        ) % (mine, sys.executable, python, mine, python)
    if platform.machine() != machine:
        return (
            "runs on %s, and the job's native packages are for %s: the task managers of a cluster "
            "must all have the processor that its job manager has."
        ) % (platform.machine(), machine)
    if not libc:
        return ""
    name, _, version = libc.partition(" ")
    own_name, own_version = platform.libc_ver()
    if own_name != name or _numbers(own_version) < _numbers(version):
        own = (own_name + " " + own_version).strip() or "another C library (musl?)"
        return (
            "runs on %s, and the job's native packages need %s: use an image of the task managers "
            "with a newer one, or packages that were built for an older one."
        ) % (own, libc)
    return ""


def unpack(archive: str, folder: str) -> None:
    """Unpacks an archive, unless its folder is there; with modes and links.

    Args:
        archive: the zip file.
        folder: appears when all is in it.
    """
    if os.path.isdir(folder):
        return
    part = "%s.%d" % (folder, os.getpid())
    os.makedirs(part, 0o700)
    with zipfile.ZipFile(archive) as file:
        for member in file.infolist():
            mode = member.external_attr >> 16
            if stat.S_ISLNK(mode):
                link = os.path.join(part, member.filename)
                os.makedirs(os.path.dirname(link), exist_ok=True)
                os.symlink(file.read(member).decode(), link)
            else:
                target = file.extract(member, part)
                if mode & 0o100:
                    os.chmod(target, 0o700)
    try:
        os.rename(part, folder)
    except OSError:
        # somebody else has been quicker
        if not os.path.isdir(folder):
            raise
        shutil.rmtree(part)


def _numbers(version: str) -> list:  # type: ignore[type-arg]
    return [int(part) if part.isdigit() else 0 for part in version.split(".")]


def main() -> None:
    """Answers on standard output: "fits" and the interpreter's ``sys.path``, or "refused"."""
    python, machine, libc = sys.argv[1:4]
    reason = unfit(python, machine, libc)
    if reason:
        parts = ["refused", reason]
    else:
        for archive, folder in zip(sys.argv[4::2], sys.argv[5::2]):
            unpack(archive, folder)
        # the archive itself comes first
        parts = ["fits"] + [entry for entry in sys.path[1:] if entry]
    sys.stdout.write("\0".join([ANSWER] + parts + [""]))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
