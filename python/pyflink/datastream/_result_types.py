# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The type of what a function makes, where several of its methods make it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyflink._codec import descriptor
from pyflink.common._typeinfo.annotations import result_type
from pyflink.common.typeinfo import TypeInformation, Types


def result_descriptor(
    output_type: TypeInformation | None, methods: list[Callable[..., Any]], elements: bool
) -> tuple[bytes, bool]:
    """The descriptor of the results' type, and whether it comes from the annotations.

    Args:
        output_type: the type that was declared; None if none was.
        methods: what makes the results. Their annotations count where they all say the same.
        elements: whether the methods return something to iterate over.
    """
    if output_type is not None:
        return descriptor(output_type), False
    types = [result_type(method, elements=elements) for method in methods]
    described = {None if t is None else descriptor(t) for t in types}
    if len(described) == 1 and None not in described:
        return described.pop() or b"", True
    return descriptor(Types.PICKLED_BYTE_ARRAY()), False
