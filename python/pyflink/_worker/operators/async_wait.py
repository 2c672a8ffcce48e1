# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Asynchronous functions: not a piece of a loop, but an operator alone; see ``asynchronous``."""

from pyflink._worker.operators.kind import Kind

KIND = Kind("flinker:function:async:v1", "async_invoke", ())
