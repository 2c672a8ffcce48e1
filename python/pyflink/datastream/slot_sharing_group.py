# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which operators may share a slot, and how much that slot needs."""

from __future__ import annotations

import functools
from typing import Any

from pyflink._gateway import java_class

__all__ = ["MemorySize", "SlotSharingGroup"]

_MEMORY_SIZE = "org.apache.flink.configuration.MemorySize"
_GROUP = "org.apache.flink.api.common.operators.SlotSharingGroup"
_UNITS = ((1 << 40, "tb"), (1 << 30, "gb"), (1 << 20, "mb"), (1 << 10, "kb"))


@functools.total_ordering
class MemorySize:
    """A number of bytes.

    Args:
        j_memory_size: a Java ``MemorySize`` to take over.
        bytes_size: the number of bytes, if there is none.

    Raises:
        TypeError: if neither is given.
        ValueError: if the number is negative.

    Example:
        >>> from pyflink.datastream import MemorySize
        >>> str(MemorySize.of_mebi_bytes(1024))
        '1 gb'
    """

    def __init__(self, j_memory_size: Any = None, bytes_size: int | None = None) -> None:
        if j_memory_size is not None:
            bytes_size = int(j_memory_size.getBytes())
        if not isinstance(bytes_size, int):
            raise TypeError(
                "MemorySize needs a whole number of bytes, for example "
                f"MemorySize(bytes_size=1024), not {bytes_size!r}"
            )
        if bytes_size < 0:
            raise ValueError(f"bytes_size must not be negative, but is {bytes_size}")
        self._bytes = bytes_size

    @staticmethod
    def of_mebi_bytes(mebi_bytes: int) -> MemorySize:
        """A number of mebibytes: 1,048,576 bytes each."""
        return MemorySize(bytes_size=mebi_bytes << 20)

    def get_bytes(self) -> int:
        """The number of bytes."""
        return self._bytes

    def get_kibi_bytes(self) -> int:
        """The number of whole kibibytes."""
        return self._bytes >> 10

    def get_mebi_bytes(self) -> int:
        """The number of whole mebibytes."""
        return self._bytes >> 20

    def get_gibi_bytes(self) -> int:
        """The number of whole gibibytes."""
        return self._bytes >> 30

    def get_tebi_bytes(self) -> int:
        """The number of whole tebibytes."""
        return self._bytes >> 40

    def get_java_memory_size(self) -> Any:
        """The Java ``MemorySize``."""
        return java_class(_MEMORY_SIZE).parse(f"{self._bytes} bytes")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MemorySize) and self._bytes == other._bytes

    def __hash__(self) -> int:
        return hash(self._bytes)

    def __lt__(self, other: MemorySize) -> bool:
        if not isinstance(other, MemorySize):
            return NotImplemented
        return self._bytes < other._bytes

    def __le__(self, other: MemorySize) -> bool:
        if not isinstance(other, MemorySize):
            return NotImplemented
        return self._bytes <= other._bytes

    def __str__(self) -> str:
        for size, unit in _UNITS:
            if self._bytes and self._bytes % size == 0:
                return f"{self._bytes // size} {unit}"
        return f"{self._bytes} bytes"

    def __repr__(self) -> str:
        return f"MemorySize({self})"


class SlotSharingGroup:
    """Operators that may share a slot, and the resources of that slot.

    Args:
        j_slot_sharing_group: the Java ``SlotSharingGroup``.

    Example:
        >>> from pyflink.datastream import SlotSharingGroup
        >>> group = SlotSharingGroup.builder("heavy").set_cpu_cores(2).set_task_heap_memory_mb(512)
        >>> group.build().get_cpu_cores()
        2.0
    """

    def __init__(self, j_slot_sharing_group: Any) -> None:
        self._j_slot_sharing_group = j_slot_sharing_group

    @staticmethod
    def builder(name: str) -> SlotSharingGroup.Builder:
        """Starts a group.

        Args:
            name: its name.
        """
        return SlotSharingGroup.Builder(java_class(_GROUP).newBuilder(name))

    def get_name(self) -> str:
        """The name of the group."""
        return str(self._j_slot_sharing_group.getName())

    def get_cpu_cores(self) -> float | None:
        """How many processors a slot has; None if that is left open."""
        cores = self._j_slot_sharing_group.getCpuCores().orElse(None)
        return None if cores is None else float(cores)

    def get_task_heap_memory(self) -> MemorySize | None:
        """How much heap memory a slot has; None if that is left open."""
        return _memory(self._j_slot_sharing_group.getTaskHeapMemory())

    def get_task_off_heap_memory(self) -> MemorySize | None:
        """How much memory outside the heap a slot has; None if that is left open."""
        return _memory(self._j_slot_sharing_group.getTaskOffHeapMemory())

    def get_managed_memory(self) -> MemorySize | None:
        """How much memory Flink manages in a slot; None if that is left open."""
        return _memory(self._j_slot_sharing_group.getManagedMemory())

    def get_external_resources(self) -> dict[str, float]:
        """How much a slot has of other resources, such as GPUs, by their names."""
        return dict(self._j_slot_sharing_group.getExternalResources())

    def get_java_slot_sharing_group(self) -> Any:
        """The Java ``SlotSharingGroup``."""
        return self._j_slot_sharing_group

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SlotSharingGroup) and bool(
            self._j_slot_sharing_group.equals(other._j_slot_sharing_group)
        )

    def __hash__(self) -> int:
        return int(self._j_slot_sharing_group.hashCode())

    class Builder:
        """Collects the resources of a group.

        If any is set, processors and heap memory must be.

        Args:
            j_builder: the Java builder.
        """

        def __init__(self, j_builder: Any) -> None:
            self._j_builder = j_builder

        def set_cpu_cores(self, cpu_cores: float) -> SlotSharingGroup.Builder:
            """Sets how many processors a slot has.

            Args:
                cpu_cores: more than 0; need not be whole.
            """
            self._j_builder.setCpuCores(float(cpu_cores))
            return self

        def set_task_heap_memory(self, task_heap_memory: MemorySize) -> SlotSharingGroup.Builder:
            """Sets how much heap memory a slot has.

            Args:
                task_heap_memory: more than 0.
            """
            self._j_builder.setTaskHeapMemory(task_heap_memory.get_java_memory_size())
            return self

        def set_task_heap_memory_mb(self, task_heap_memory_mb: int) -> SlotSharingGroup.Builder:
            """Sets how much heap memory a slot has.

            Args:
                task_heap_memory_mb: mebibytes, more than 0.
            """
            self._j_builder.setTaskHeapMemoryMB(task_heap_memory_mb)
            return self

        def set_task_off_heap_memory(
            self, task_off_heap_memory: MemorySize
        ) -> SlotSharingGroup.Builder:
            """Sets how much memory outside the heap a slot has.

            Args:
                task_off_heap_memory: the amount.
            """
            self._j_builder.setTaskOffHeapMemory(task_off_heap_memory.get_java_memory_size())
            return self

        def set_task_off_heap_memory_mb(
            self, task_off_heap_memory_mb: int
        ) -> SlotSharingGroup.Builder:
            """Sets how much memory outside the heap a slot has.

            Args:
                task_off_heap_memory_mb: mebibytes.
            """
            self._j_builder.setTaskOffHeapMemoryMB(task_off_heap_memory_mb)
            return self

        def set_managed_memory(self, managed_memory: MemorySize) -> SlotSharingGroup.Builder:
            """Sets how much memory Flink manages in a slot, for state and for batches.

            Args:
                managed_memory: the amount.
            """
            self._j_builder.setManagedMemory(managed_memory.get_java_memory_size())
            return self

        def set_managed_memory_mb(self, managed_memory_mb: int) -> SlotSharingGroup.Builder:
            """Sets how much memory Flink manages in a slot, for state and for batches.

            Args:
                managed_memory_mb: mebibytes.
            """
            self._j_builder.setManagedMemoryMB(managed_memory_mb)
            return self

        def set_external_resource(self, name: str, value: float) -> SlotSharingGroup.Builder:
            """Sets how much a slot has of another resource.

            Args:
                name: for example ``gpu``.
                value: more than 0.
            """
            self._j_builder.setExternalResource(name, float(value))
            return self

        def build(self) -> SlotSharingGroup:
            """The group.

            Raises:
                JavaError: if some resources are set, but not processors and heap memory.
            """
            return SlotSharingGroup(self._j_builder.build())


def _memory(j_optional: Any) -> MemorySize | None:
    j_memory_size = j_optional.orElse(None)
    return None if j_memory_size is None else MemorySize(j_memory_size)
