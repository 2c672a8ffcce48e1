# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The messages of the protocol, made of the descriptors that the engine hands over.

They live in a pool of their own: an apache-beam in the same environment registers messages of the
same names in protobuf's common pool, and no two of a name can be there. Made at run time, they also
fit any version of protobuf, which generated code does not.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_FN = "org.apache.beam.model.fn_execution.v1."
_OURS = "flinker.fn.v1."

CONTROL = f"/{_FN}BeamFnControl/Control"
DATA = f"/{_FN}BeamFnData/Data"
STATE = f"/{_FN}BeamFnState/State"


class Protocol:
    """The message classes.

    Args:
        descriptors: a serialized ``FileDescriptorSet`` with all files, imported ones first.
    """

    def __init__(self, descriptors: bytes) -> None:
        pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(descriptors).file:
            pool.Add(file)

        def message(name: str) -> Any:
            return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))

        self.Elements = message(_FN + "Elements")
        self.Data = message(_FN + "Elements.Data")
        self.InstructionRequest = message(_FN + "InstructionRequest")
        self.InstructionResponse = message(_FN + "InstructionResponse")
        self.StateRequest = message(_FN + "StateRequest")
        self.StateResponse = message(_FN + "StateResponse")
        self.StateCall = message(_OURS + "StateCall")
        self.StateAnswer = message(_OURS + "StateAnswer")
        self.Task = message(_OURS + "Task")
        self.Metrics = message(_OURS + "Metrics")
        self.Failure = message(_OURS + "Failure")
        self.NurseryRequest = message(_OURS + "NurseryRequest")
        self.StartWorker = message(_OURS + "StartWorker")
        self.LogRecord = message(_OURS + "LogRecord")
        self.WorkerNews = message(_OURS + "WorkerNews")

        def numbers(name: str) -> dict[str, int]:
            values = pool.FindEnumTypeByName(_OURS + name).values_by_name
            return {value: number.number for value, number in values.items()}

        self.stages = numbers("Stage")
        self.state_kinds = numbers("StateKind")
        self.state_operations = numbers("StateOperation")
