# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Refusing to share a directory with the distribution ``apache-flink``.

Both distributions install a package named ``pyflink``, and pip writes the files of one over those
of the other without a word. Whatever comes of that mixture, it is neither.

The check has to run in either order of installation. If ours came last, ``pyflink/__init__.py`` is
ours and runs it. If theirs came last, that file is theirs, but ``pyflink/java_gateway`` still is
ours: a package wins over the module ``java_gateway.py`` beside it, and nearly all of theirs
imports it.
"""

from __future__ import annotations

import os

_THEIRS = "apache_flink-"


def check() -> None:
    """Raises if apache-flink has been installed into the directory that holds this package.

    Raises:
        ImportError: naming the directory and what to do.
    """
    site = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        names = os.listdir(site)
    except OSError:
        # in a zip archive, where pip installs nothing
        return
    if any(name.startswith(_THEIRS) and name.endswith("-info") for name in names):
        raise ImportError(
            f"flinker and apache-flink are both installed in {site}, and both provide the package "
            "'pyflink': run 'pip uninstall -y apache-flink flinker' and then 'pip install' the one "
            "that you want."
        )
