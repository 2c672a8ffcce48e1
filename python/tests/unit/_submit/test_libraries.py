# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors

from __future__ import annotations

import pytest

from pyflink._submit.libraries import needed_glibc


@pytest.mark.parametrize(
    ("wheels", "needed"),
    [
        ([], ""),
        (["Tag: py3-none-any"], ""),
        (["Tag: cp311-cp311-manylinux2014_x86_64"], "glibc 2.17"),
        # of the tags of one wheel any will do, of wheels all are needed
        (
            ["Tag: cp311-cp311-manylinux_2_28_x86_64\nTag: cp311-cp311-manylinux1_x86_64"],
            "glibc 2.5",
        ),
        (
            ["Tag: cp311-cp311-manylinux_2_28_x86_64", "Tag: cp311-cp311-manylinux_2_5_x86_64"],
            "glibc 2.28",
        ),
    ],
)
def test_the_c_library_that_wheels_need(wheels, needed) -> None:
    assert needed_glibc(wheels) == needed
