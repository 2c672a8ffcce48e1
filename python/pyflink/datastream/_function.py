# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What all functions of the user's have in common."""

from __future__ import annotations

from pyflink._worker.context import RuntimeContext


class Function:
    """A function with a life: it is opened before its first record and closed after its last."""

    def open(self, runtime_context: RuntimeContext) -> None:
        """Prepares the function in the worker, once for each parallel instance.

        Args:
            runtime_context: the task that it runs in.
        """

    def close(self) -> None:
        """Gives back what the function holds; called after a failure, too."""
