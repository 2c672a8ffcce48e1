# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows: what they are, which records they get, when they fire, and the operator that runs them.

The classes that programs use have their public names in ``pyflink.datastream.window``. They live
here because the operator works with them, in the worker, without Java.
"""
