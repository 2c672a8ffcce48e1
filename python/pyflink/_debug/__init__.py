# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that run in the program's own process, in the thread that waits for the job.

So a breakpoint in a function stops the program itself. Above the rooms of the workers and of the
gateway, as neither may know the other.
"""

from pyflink._debug.server import serve_jobs

__all__ = ["serve_jobs"]
