# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Slot sharing groups and sizes of memory."""

from __future__ import annotations

import pytest

from pyflink.datastream import MemorySize, SlotSharingGroup
from pyflink.util.exceptions import JavaError

SIZES = [0, 1, 1023, 1024, 1536, 1 << 20, (1 << 20) + 1, 5 << 30, 1 << 40, (1 << 63) - 1]


@pytest.mark.parametrize("number", SIZES)
def test_sizes_are_java_s(number: int) -> None:
    size = MemorySize(bytes_size=number)
    j_size = size.get_java_memory_size()
    assert size.get_bytes() == j_size.getBytes() == number
    assert size.get_kibi_bytes() == j_size.getKibiBytes()
    assert size.get_gibi_bytes() == j_size.getGibiBytes()
    assert size.get_tebi_bytes() == j_size.getTebiBytes()
    assert MemorySize(j_size) == size
    if number < 1 << 40:
        # beyond that, Java's int overflows and its text goes back to bytes
        assert size.get_mebi_bytes() == j_size.getMebiBytes()
        assert str(size) == j_size.toString()


def test_sizes_are_ordered() -> None:
    sizes = [MemorySize(bytes_size=number) for number in SIZES]
    assert sorted(set(sizes)) == sizes
    assert MemorySize.of_mebi_bytes(1) == MemorySize(bytes_size=1 << 20)
    assert hash(MemorySize.of_mebi_bytes(1)) == hash(MemorySize(bytes_size=1 << 20))
    assert sizes[0] < sizes[1] <= sizes[1] != sizes[2]
    assert sizes[2] > sizes[1] >= sizes[1]
    assert sizes[0] != 0
    with pytest.raises(TypeError):
        _ = sizes[0] < 5
    with pytest.raises(TypeError):
        _ = sizes[0] <= 5


def test_what_is_no_size() -> None:
    with pytest.raises(TypeError, match="needs a whole number of bytes"):
        MemorySize()
    with pytest.raises(ValueError, match="must not be negative"):
        MemorySize(bytes_size=-1)


def test_a_group_with_all_that_can_be_said() -> None:
    group = (
        SlotSharingGroup.builder("heavy")
        .set_cpu_cores(1)
        .set_task_heap_memory(MemorySize.of_mebi_bytes(10))
        .set_task_off_heap_memory(MemorySize.of_mebi_bytes(3))
        .set_managed_memory(MemorySize.of_mebi_bytes(5))
        .set_external_resource("gpu", 1)
        .build()
    )
    assert group.get_name() == "heavy"
    assert group.get_cpu_cores() == 1.0
    assert group.get_task_heap_memory() == MemorySize.of_mebi_bytes(10)
    assert group.get_task_off_heap_memory() == MemorySize.of_mebi_bytes(3)
    assert group.get_managed_memory() == MemorySize.of_mebi_bytes(5)
    assert group.get_external_resources() == {"gpu": 1.0}
    assert group.get_java_slot_sharing_group().getName() == "heavy"
    in_mebibytes = (
        SlotSharingGroup.builder("heavy")
        .set_cpu_cores(1.0)
        .set_task_heap_memory_mb(10)
        .set_task_off_heap_memory_mb(3)
        .set_managed_memory_mb(5)
        .set_external_resource("gpu", 1.0)
        .build()
    )
    assert in_mebibytes == group
    assert hash(in_mebibytes) == hash(group)


def test_a_group_that_leaves_all_open() -> None:
    group = SlotSharingGroup.builder("light").build()
    assert group.get_cpu_cores() is None
    assert group.get_task_heap_memory() is None
    assert group.get_task_off_heap_memory() is None
    assert group.get_managed_memory() is None
    assert group.get_external_resources() == {}
    assert group == SlotSharingGroup.builder("light").build()
    heavy = SlotSharingGroup.builder("light").set_cpu_cores(1).set_task_heap_memory_mb(1).build()
    assert group != heavy
    assert group != "light"


def test_half_a_specification_is_refused() -> None:
    with pytest.raises(JavaError, match="cpu cores and task heap memory are required"):
        SlotSharingGroup.builder("g").set_cpu_cores(1.0).build()
