# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Row and RowKind."""

from __future__ import annotations

import copy
import pickle

import pytest

from pyflink.common.types import Row, RowKind


def named(*values: object, names: list[str]) -> Row:
    row = Row(*values)
    row.set_field_names(names)
    return row


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (Row(), "<Row()>"),
        (Row(1, "a", None), "<Row(1, 'a', None)>"),
        (Row(name="x", age=3), "Row(name='x', age=3)"),
        (Row("name", "age"), "<Row('name', 'age')>"),
        (Row("name", "age")("x", 3), "Row(name='x', age=3)"),
        (Row("name", "age")("x"), "Row(name='x')"),
        (Row(1, Row(b=3), [Row(4)]), "<Row(1, Row(b=3), [<Row(4)>])>"),
        (Row.of_kind(RowKind.DELETE, 1), "<Row(1)>"),
    ],
)
def test_text(row: Row, text: str) -> None:
    assert repr(row) == str(row) == text


def test_values_go_by_position_or_by_name_but_not_both() -> None:
    with pytest.raises(ValueError, match="not both"):
        Row(1, a=2)


def test_names_keep_their_order() -> None:
    row = Row(b=1, a=2)
    assert list(row) == [1, 2]
    assert row.as_dict() == {"b": 1, "a": 2}
    assert list(row.as_dict()) == ["b", "a"]


def test_row_of_names_makes_rows() -> None:
    person = Row("name", "age")
    assert person("x", 3) == Row(name="x", age=3)
    with pytest.raises(ValueError, match="2 values, these are 3"):
        person("x", 3, 4)


def test_access() -> None:
    row = Row(name="x", age=3)
    assert (row[0], row[-1], row[0:1], row["age"], row.age) == ("x", 3, ["x"], 3, 3)
    assert len(row) == 2
    assert "name" in row
    assert "x" not in row
    assert "x" in Row("x", 3)
    row[0] = "y"
    row["age"] = 4
    assert row == Row(name="y", age=4)


def test_what_is_not_there_is_named() -> None:
    row = Row(a=1)
    with pytest.raises(IndexError):
        row[3]
    for error in (KeyError, ValueError):
        with pytest.raises(error, match="No field 'b': the Row has the fields"):
            row["b"]
        with pytest.raises(error, match="'b'"):
            row["b"] = 2
        with pytest.raises(error, match="'b'"):
            row.get_fields_by_names(["a", "b"])
    with pytest.raises(AttributeError, match="No field 'b'"):
        _ = row.b
    with pytest.raises(AttributeError, match="no field names"):
        _ = Row(1).b
    with pytest.raises(AttributeError):
        row.a = 2
    assert not hasattr(row, "_b")


def test_fields_by_names() -> None:
    assert Row(a=1, b=2, c=3).get_fields_by_names(["c", "a"]) == [3, 1]
    assert Row(1, 2).get_fields_by_names(["c", "a"]) == [1, 2]


def test_as_dict() -> None:
    row = Row(a=Row(b=1), c=[Row(d=2)], e={"f": Row(g=3)}, h=(Row(i=4),))
    assert row.as_dict(True) == {
        "a": {"b": 1},
        "c": [{"d": 2}],
        "e": {"f": {"g": 3}},
        "h": (Row(i=4),),
    }
    assert row.as_dict()["a"] == Row(b=1)
    with pytest.raises(TypeError, match="no field names"):
        Row(1).as_dict()


def test_equality_is_of_kind_names_and_values() -> None:
    assert Row(1, 2) == Row(1, 2)
    assert Row(1, 2) != Row(1, 3)
    assert Row(1, 2) != Row(1)
    assert Row(1, 2) != (1, 2)
    assert Row(a=1, b=2) == Row(b=2, a=1)
    assert Row(a=1, b=2) == named(1, 2, names=["a", "b"])
    assert Row(a=1, b=2) != Row(a=1, c=2)
    assert Row(a=1, b=2) != Row(1, 2)
    assert Row(1, 2) != Row(a=1, b=2)
    assert Row.of_kind(RowKind.DELETE, 1) != Row(1)


def test_equal_rows_have_equal_hashes() -> None:
    assert hash(Row(1, 2)) == hash(Row(1, 2))
    assert hash(Row(a=1, b=2)) == hash(Row(b=2, a=1))
    assert len({Row(1, 2), Row(1, 2), Row(a=1, b=2), Row(b=2, a=1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Row([1]))


def test_rows_have_no_order() -> None:
    with pytest.raises(TypeError):
        _ = Row(1) < Row(2)


def test_kinds() -> None:
    row = Row(1)
    assert row.get_row_kind() is RowKind.INSERT
    row.set_row_kind(RowKind.UPDATE_AFTER)
    assert row.get_row_kind() is RowKind.UPDATE_AFTER
    assert Row.of_kind(RowKind.DELETE, a=1).get_row_kind() is RowKind.DELETE
    assert Row.of_kind(RowKind.DELETE, a=1).a == 1
    assert [str(kind) for kind in RowKind] == ["+I", "-U", "+U", "-D"]
    assert [kind.value for kind in RowKind] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="7"):
        row.set_row_kind(7)  # type: ignore[arg-type]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(protocol: int) -> None:
    row = Row.of_kind(RowKind.DELETE, a=1, b=Row(2, [3]))
    copied = pickle.loads(pickle.dumps(row, protocol))
    assert copied == row
    assert copied.get_row_kind() is RowKind.DELETE


def test_copies() -> None:
    row = Row(a=[1])
    shallow, deep = copy.copy(row), copy.deepcopy(row)
    assert shallow == deep == row
    deep.a.append(2)
    assert row.a == [1]


def test_subclasses_stay_what_they_are() -> None:
    copied = pickle.loads(pickle.dumps(Sub(1, 2)))
    assert type(copied) is Sub
    assert repr(copied) == "<Row(1, 2)>"


class Sub(Row):
    pass


class TestValuesForAType:
    @pytest.mark.parametrize(
        "row", [Row(1, 2), Row(a=1, b=2), Row(b=2, a=1), Row(x=1, y=2), Row(a=1, y=2)]
    )
    def test_by_name_or_else_by_position(self, row: Row) -> None:
        assert row._values_for(["a", "b"]) == [1, 2]

    @pytest.mark.parametrize("row", [Row(b=1, y=2), Row(x=1, a=2)])
    def test_a_name_at_another_position_is_refused(self, row: Row) -> None:
        with pytest.raises(ValueError, match="are expected"):
            row._values_for(["a", "b"])
