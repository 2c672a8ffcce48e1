# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Rows on the screen. The expected lines are what PyFlink 2.3.0 prints for the same values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pyflink.common import Instant, Row, RowKind, Types
from pyflink.datastream import StreamExecutionEnvironment


def of_kind(kind: RowKind, *values: object) -> Row:
    row = Row(*values)
    row.set_row_kind(kind)
    return row


DAY = dt.date(1969, 12, 31)
CLOCK = dt.time(1, 2, 0, 500000)
MOMENT = dt.datetime(2020, 1, 1, 1, 2, 3, 450000)
PAIR = Types.TUPLE([Types.INT(), Types.STRING()])
SINGLE = Types.TUPLE([Types.INT()])

CASES = [
    ([Types.BYTE(), Types.LONG()], Row(-128, 2**63 - 1), "+I[-128,9223372036854775807]"),
    ([Types.INT(), Types.STRING()], Row(None, None), "+I[None,None]"),
    ([Types.FLOAT(), Types.DOUBLE()], Row(0.1, 0.1), "+I[0.10000000149011612,0.1]"),
    ([Types.DOUBLE()] * 3, Row(1e16, 1.5e-5, float("-inf")), "+I[1e+16,1.5e-05,-inf]"),
    ([Types.BOOLEAN(), Types.BOOLEAN()], Row(True, False), "+I[True,False]"),
    ([Types.BIG_DEC(), Types.BIG_DEC()], Row(Decimal("1.50"), Decimal("1E+5")), "+I[1.50,1E+5]"),
    ([Types.LIST(Types.BIG_DEC())], Row([Decimal("1E-7")]), "+I[[Decimal('1E-7')]]"),
    ([Types.STRING(), Types.ROW([Types.STRING()])], Row("it's", Row("a")), "+I[it's,Row(f0='a')]"),
    (
        [Types.ROW([Types.STRING()])],
        Row(Row("it's \u00e9\u200b\n")),
        '+I[Row(f0="it\'s é\\u200b\\n")]',
    ),
    (
        [Types.PRIMITIVE_ARRAY(Types.BYTE())],
        Row(b"ab'\"\n\\\x00\xff"),
        "+I[b'ab\\'\"\\n\\\\\\x00\\xff']",
    ),
    ([Types.PRIMITIVE_ARRAY(Types.INT())], Row([1, 2]), "+I[[1, 2]]"),
    ([Types.OBJECT_ARRAY(Types.STRING())], Row(["a", "b'"]), "+I[['a', \"b'\"]]"),
    ([Types.LIST(Types.LIST(Types.STRING()))], Row([["a"], []]), "+I[[['a'], []]]"),
    ([Types.MAP(Types.STRING(), Types.DOUBLE())], Row({"a": 2.5}), "+I[{'a': 2.5}]"),
    ([PAIR, SINGLE], Row((1, "a"), (1,)), "+I[(1, 'a'),(1,)]"),
    (
        [Types.SQL_DATE(), Types.SQL_TIME(), Types.SQL_TIMESTAMP()],
        Row(DAY, CLOCK, MOMENT),
        "+I[1969-12-31,01:02:00.500000,2020-01-01 01:02:03.450000]",
    ),
    (
        [Types.ROW([Types.SQL_DATE(), Types.SQL_TIME(), Types.SQL_TIMESTAMP()])],
        Row(Row(DAY, CLOCK, MOMENT)),
        (
            "+I[Row(f0=datetime.date(1969, 12, 31), f1=datetime.time(1, 2, 0, 500000), "
            "f2=datetime.datetime(2020, 1, 1, 1, 2, 3, 450000))]"
        ),
    ),
    ([Types.INSTANT()], Row(Instant(1, 2)), "+I[Instant<1, 2>]"),
    (
        [Types.INT(), Types.ROW([Types.ROW([Types.INT()]), Types.LIST(Types.ROW([Types.INT()]))])],
        Row(1, Row(Row(2), [Row(3)])),
        "+I[1,Row(f0=Row(f0=2), f1=[Row(f0=3)])]",
    ),
    (
        [Types.ROW_NAMED(["x", "y z"], [Types.INT(), Types.STRING()])],
        Row(Row(1, "a")),
        "+I[Row(x=1, y z='a')]",
    ),
]


@pytest.mark.parametrize(("types", "row", "expected"), CASES, ids=[case[2] for case in CASES])
def test_a_row_s_values_are_printed_as_python_writes_them(types, row, expected, capsys) -> None:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.from_collection([row], Types.ROW(types)).print().set_parallelism(1)
    env.execute()
    assert capsys.readouterr().out == expected + "\n"


def test_the_kind_leads_at_the_top_only(capsys) -> None:
    env = StreamExecutionEnvironment.get_execution_environment()
    rows = [of_kind(kind, 1, of_kind(kind, 2)) for kind in RowKind]
    stream = env.from_collection(rows, Types.ROW([Types.INT(), Types.ROW([Types.INT()])]))
    stream.print("rows").set_parallelism(1)
    env.execute()
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"rows> {kind}[1,Row(f0=2)]" for kind in ("+I", "-U", "+U", "-D")]


def test_names_of_the_row_itself_are_not_told(capsys) -> None:
    env = StreamExecutionEnvironment.get_execution_environment()
    named = Types.ROW_NAMED(["x", "y"], [Types.INT(), Types.STRING()])
    env.from_collection([Row(x=1, y="b")], named).print().set_parallelism(1)
    env.execute()
    assert capsys.readouterr().out == "+I[1,b]\n"


def test_records_that_are_no_rows_are_printed_as_java_writes_them(capsys) -> None:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.from_collection(
        [(1, None, 1e16)], Types.TUPLE([Types.INT(), Types.STRING(), Types.DOUBLE()])
    ).print().set_parallelism(1)
    env.execute()
    assert capsys.readouterr().out == "(1,null,1.0E16)\n"
