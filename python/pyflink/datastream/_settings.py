# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What can be set on any operator: on a stream's and on a sink's alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self

    from pyflink.datastream.slot_sharing_group import SlotSharingGroup


class OperatorSettings:
    """Settings of the operator behind a stream or a sink; every method returns the same object."""

    _j_operator: Any

    def name(self, name: str) -> Self:
        """Sets the name of the operator, shown in the dashboard, the logs and the metrics."""
        self._j_operator.name(name)
        return self

    def uid(self, uid: str) -> Self:
        """Sets the identifier under which savepoints keep the operator's state.

        It must be unique in the job and stay the same when the job changes.
        """
        self._j_operator.uid(uid)
        return self

    def set_uid_hash(self, uid_hash: str) -> Self:
        """Sets the identifier as the hash that Flink has computed from it, to restore old state.

        Args:
            uid_hash: 32 hexadecimal digits, as in the logs and the dashboard.
        """
        self._j_operator.setUidHash(uid_hash)
        return self

    def set_description(self, description: str) -> Self:
        """Sets the text that the dashboard shows for the operator."""
        self._j_operator.setDescription(description)
        return self

    def set_parallelism(self, parallelism: int) -> Self:
        """Sets how many instances of the operator run.

        Args:
            parallelism: at least 1.
        """
        self._j_operator.setParallelism(parallelism)
        return self

    def disable_chaining(self) -> Self:
        """Keeps the operator in a task of its own, apart from the ones before and after it."""
        self._j_operator.disableChaining()
        return self

    def slot_sharing_group(self, slot_sharing_group: str | SlotSharingGroup) -> Self:
        """Puts the operator into a group whose operators may share a slot.

        Args:
            slot_sharing_group: the group or its name; operators without one follow their inputs,
                and sources are in the group ``default``.
        """
        if not isinstance(slot_sharing_group, str):
            slot_sharing_group = slot_sharing_group.get_java_slot_sharing_group()
        self._j_operator.slotSharingGroup(slot_sharing_group)
        return self
