# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Real notebooks, executed by a real kernel."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

SETUP = """
from pyflink.common import Types, WatermarkStrategy
from pyflink.common.serialization import SimpleStringEncoder
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import NumberSequenceSource, StreamingFileSink
from pyflink.datastream.functions import SinkFunction

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
ROW = Types.ROW([Types.INT(), Types.STRING()])
"""


def client_of(*cells: str, **kwargs) -> NotebookClient:
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in (SETUP, *cells)])
    nbformat.validate(notebook)
    return NotebookClient(notebook, timeout=120, kernel_name="python3", **kwargs)


def texts(cell: NotebookNode, stream: str = "stdout") -> str:
    return "".join(
        output["text"]
        for output in cell.outputs
        if output["output_type"] == "stream" and output["name"] == stream
    )


def test_the_tutorial_and_a_collect(tmp_path: Path) -> None:
    tutorial = f"""
ds = env.from_collection([(1, 'aaa'), (2, 'bbb')], type_info=ROW)
ds.add_sink(StreamingFileSink
    .for_row_format({str(tmp_path)!r}, SimpleStringEncoder())
    .build())
env.execute("tutorial_job")
    """
    collect = """
with env.from_collection([(1, 'aaa')], type_info=ROW).execute_and_collect() as results:
    print(list(results))
    """
    client = client_of(tutorial, collect, collect)
    client.execute()
    lines = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    assert "".join(lines) == "1,aaa\n2,bbb\n"
    for cell in client.nb.cells[2:]:
        assert texts(cell) == "[Row(f0=1, f1='aaa')]\n"
        assert texts(cell, "stderr") == ""


def test_the_same_cell_twice_prints_in_its_own_cell() -> None:
    cell = "env.from_collection([1, 2], Types.INT()).print()\nenv.execute()\nprint('done')"
    client = client_of(cell, cell)
    client.execute()
    for executed in client.nb.cells[1:]:
        assert texts(executed) == "1\n2\ndone\n"


def test_interrupting_a_cell_cancels_its_job_and_keeps_the_kernel() -> None:
    endless = """
numbers = env.from_source(
    NumberSequenceSource(0, 2**62), WatermarkStrategy.no_watermarks(), "numbers")
numbers.add_sink(
    SinkFunction("org.apache.flink.streaming.api.functions.sink.legacy.DiscardingSink"))
env.execute()
    """
    after = "env.from_collection([7], Types.INT()).print()\nenv.execute()"
    client = client_of(endless, after, allow_errors=True)

    async def interrupt_the_second_cell() -> None:
        async with client.async_setup_kernel():
            await client.async_execute_cell(client.nb.cells[0], 0)
            running = asyncio.ensure_future(client.async_execute_cell(client.nb.cells[1], 1))
            await asyncio.sleep(3)
            await client.km.interrupt_kernel()
            await running
            await client.async_execute_cell(client.nb.cells[2], 2)

    asyncio.run(interrupt_the_second_cell())
    errors = [o["ename"] for o in client.nb.cells[1].outputs if o["output_type"] == "error"]
    assert errors == ["KeyboardInterrupt"]
    assert texts(client.nb.cells[2]) == "7\n"


def test_what_functions_print_and_log_is_in_the_cell() -> None:
    cell = """
import logging
logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", force=True)

def talk(value):
    print("printed", value)
    logging.getLogger("mine").info("logged %s", value)
    return value

env.from_collection([1, 2], Types.INT()).map(talk, Types.INT()).print()
env.execute()
    """
    client = client_of(cell, "print('next')", cell)
    client.execute()
    for executed in (client.nb.cells[1], client.nb.cells[3]):
        assert sorted(texts(executed).split()) == sorted("printed 1 1 printed 2 2".split())
        assert texts(executed, "stderr") == "INFO logged 1\nINFO logged 2\n"
    assert texts(client.nb.cells[2]) == "next\n"


def test_an_error_in_a_function_is_short() -> None:
    cell = """
def invert(value):
    return 1 / value

env.from_collection([0], Types.INT()).map(invert).print()
env.execute()
    """
    client = client_of(cell, allow_errors=True)
    client.execute()
    (error,) = [o for o in client.nb.cells[1].outputs if o["output_type"] == "error"]
    assert error["ename"] == "ZeroDivisionError"
    text = re.sub("\x1b\\[[0-9;]*m", "", "\n".join(error["traceback"]))
    assert "return 1 / value" in text
    assert "operator 'Map', subtask 1 of 1, record" in text
    assert "_gateway" not in text
    assert "py4j" not in text
    assert len(text.splitlines()) < 40
