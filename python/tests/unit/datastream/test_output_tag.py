# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Names of side outputs."""

from __future__ import annotations

import pytest

from pyflink.common import Types
from pyflink.datastream import OutputTag


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (None, Types.PICKLED_BYTE_ARRAY()),
        (Types.INT(), Types.INT()),
        ([Types.INT(), Types.STRING()], Types.ROW([Types.INT(), Types.STRING()])),
    ],
)
def test_types(given, meant) -> None:
    tag = OutputTag("late", given)
    assert tag.tag_id == "late"
    assert tag.type_info == meant
    j_tag = tag.get_java_output_tag()
    assert j_tag.getId() == "late"
    assert j_tag.getTypeInfo().equals(meant.get_java_type_info())


@pytest.mark.parametrize("tag_id", ["", None])
def test_a_name_is_needed(tag_id) -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        OutputTag(tag_id)


def test_what_is_no_type() -> None:
    with pytest.raises(TypeError, match=r"such as Types\.STRING\(\).* not 'int'"):
        OutputTag("late", "int")


def test_the_text() -> None:
    assert repr(OutputTag("late", Types.INT())) == "OutputTag('late', Integer)"
