# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the workers of a job need beside the functions: files, archives, packages, an interpreter.

Only a job that asks for some of it imports more of this room than ``workers``.
"""
