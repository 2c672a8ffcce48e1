# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Names of side outputs."""

from __future__ import annotations

from typing import Any

from pyflink._worker.outputs import SideOutputTag
from pyflink.common._java import java_class
from pyflink.common.typeinfo import TypeInformation, Types

__all__ = ["OutputTag"]


class OutputTag(SideOutputTag):
    """The name and the type of a side output.

    Args:
        tag_id: the name.
        type_info: the type of its records; a list of types makes a row of them. Without one the
            records travel as Python objects.

    Raises:
        ValueError: if the name is empty.
        TypeError: if the type is not one.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream import OutputTag
        >>> late = OutputTag("late", Types.STRING())
    """

    def __init__(
        self, tag_id: str, type_info: TypeInformation | list[TypeInformation] | None = None
    ) -> None:
        if not tag_id:
            raise ValueError("The tag_id of an OutputTag must not be empty")
        self.tag_id = tag_id
        if type_info is None:
            self.type_info = Types.PICKLED_BYTE_ARRAY()
        elif isinstance(type_info, list):
            self.type_info = Types.ROW(type_info)
        elif isinstance(type_info, TypeInformation):
            self.type_info = type_info
        else:
            raise TypeError(
                "The type_info of an OutputTag is a TypeInformation such as Types.STRING(), "
                f"a list of them, or None, not {type_info!r}"
            )

    def get_java_output_tag(self) -> Any:
        """The Java ``OutputTag``."""
        return java_class("org.apache.flink.util.OutputTag")(
            self.tag_id, self.type_info.get_java_type_info()
        )

    def __repr__(self) -> str:
        return f"OutputTag({self.tag_id!r}, {self.type_info!r})"
