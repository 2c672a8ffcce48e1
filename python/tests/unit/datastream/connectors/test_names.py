# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What can be imported from where."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pyflink.datastream import connectors
from pyflink.datastream.connectors import base, file_system, hybrid_source, number_seq


@pytest.mark.parametrize("module", [connectors, file_system, hybrid_source, number_seq, base])
def test_every_name_that_is_offered_is_there(module) -> None:
    for name in module.__all__:
        assert getattr(module, name).__name__ == name
        assert name in dir(module)


def test_a_name_is_the_same_class_everywhere() -> None:
    assert connectors.FileSink is file_system.FileSink
    assert connectors.NumberSequenceSource is number_seq.NumberSequenceSource


def test_there_is_no_other_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'FileSnik'"):
        _ = connectors.FileSnik


def test_file_connectors_are_loaded_when_they_are_named() -> None:
    program = (
        "import sys, pyflink.datastream.connectors as c\n"
        "assert not any('file' in name for name in sys.modules if name.startswith(c.__name__))\n"
        "c.FileSink\n"
        "assert c.__name__ + '.file_system' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
