# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What all functions of the user's have in common."""

from __future__ import annotations

from pyflink._worker.context import RuntimeContext


class Function:
    """A function with a life: it is opened before its first record and closed after its last.

    What it prints appears in the program, in whole lines. What it logs is handed to the program's
    logger of the same name: the levels that the program has set when the job starts, its handlers
    and its formats count, and a record's attributes ``operator`` and ``subtask`` say where it comes
    from. A function that configures logging for itself, in ``open`` for example, has its own way.
    """

    def open(self, runtime_context: RuntimeContext) -> None:
        """Prepares the function in the worker, once for each parallel instance.

        Args:
            runtime_context: the task that it runs in.
        """

    def close(self) -> None:
        """Gives back what the function holds; called after a failure, too."""
