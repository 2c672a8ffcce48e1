# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How functions name the state that they keep, and say what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyflink._worker.state.ttl_config import StateTtlConfig
from pyflink.common._typeinfo.collections import ListTypeInfo, MapTypeInfo
from pyflink.common._typeinfo.special import PickledBytesTypeInfo
from pyflink.common.typeinfo import TypeInformation


class StateDescriptor:
    """The name and the type of some state.

    The name is how the state is found again after a restart, so it stays the same as long as the
    state is wanted, and differs from those of the function's other state.

    Args:
        name: the name.
        type_info: the type of what is kept; None for any Python objects.

    Attributes:
        name: the name.
        type_info: the type of what is kept.

    Raises:
        TypeError: if the name is no string or the type no ``TypeInformation``.
        ValueError: if the name is empty.
    """

    def __init__(self, name: str, type_info: TypeInformation | None) -> None:
        self.name = self._checked_name(name)
        self.type_info = self._checked_type(type_info, "type_info")
        self._ttl_config: StateTtlConfig | None = None

    def get_name(self) -> str:
        """The name."""
        return self.name

    def enable_time_to_live(self, ttl_config: StateTtlConfig) -> None:
        """Lets the state expire.

        Args:
            ttl_config: how long it lives.

        Raises:
            TypeError: if it is no ``StateTtlConfig``.
        """
        if not isinstance(ttl_config, StateTtlConfig):
            hint = (
                " Call its build() method."
                if isinstance(ttl_config, StateTtlConfig.Builder)
                else " For example StateTtlConfig.new_builder(Duration.of_hours(1)).build()."
            )
            raise TypeError(
                f"{self._where()}: enable_time_to_live() takes a StateTtlConfig; "
                f"not {_shown(ttl_config)}.{hint}"
            )
        self._ttl_config = ttl_config if ttl_config.is_enabled() else None

    def _checked_name(self, name: Any) -> str:
        kind = type(self).__name__
        if not isinstance(name, str):
            raise TypeError(f"{kind}: the name of state is a str; not {_shown(name)}.")
        if not name:
            raise ValueError(f"{kind}: the name of state is not empty.")
        return name

    def _checked_type(self, type_info: Any, argument: str) -> TypeInformation:
        if type_info is None:
            return PickledBytesTypeInfo()
        if isinstance(type_info, TypeInformation):
            return type_info
        raise TypeError(
            f"{self._where()}: the {argument} is a TypeInformation, for example Types.LONG(); "
            f"not {_shown(type_info)}."
        )

    def _where(self) -> str:
        return f"{type(self).__name__} {self.name!r}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}<{self.name!r}, {self.type_info!r}>"


class ValueStateDescriptor(StateDescriptor):
    """Names a :class:`ValueState`.

    Example:
        >>> from pyflink.common import Types
        >>> ValueStateDescriptor("count", Types.LONG())
        ValueStateDescriptor<'count', Long>

    Args:
        name: the name.
        value_type_info: the type of the value; None for any Python object.

    Raises:
        TypeError: if the name is no string or the type no ``TypeInformation``.
        ValueError: if the name is empty.
    """

    def __init__(self, name: str, value_type_info: TypeInformation | None) -> None:
        self.name = self._checked_name(name)
        super().__init__(name, self._checked_type(value_type_info, "value_type_info"))


class ListStateDescriptor(StateDescriptor):
    """Names a :class:`ListState`.

    Its ``type_info`` is that of a list of the elements.

    Args:
        name: the name.
        elem_type_info: the type of the elements; None for any Python objects.

    Raises:
        TypeError: if the name is no string or the type no ``TypeInformation``.
        ValueError: if the name is empty.
    """

    type_info: ListTypeInfo

    def __init__(self, name: str, elem_type_info: TypeInformation | None) -> None:
        self.name = self._checked_name(name)
        super().__init__(name, ListTypeInfo(self._checked_type(elem_type_info, "elem_type_info")))


class MapStateDescriptor(StateDescriptor):
    """Names a :class:`MapState` or a :class:`BroadcastState`.

    Its ``type_info`` is that of a map of the keys and values.

    Args:
        name: the name.
        key_type_info: the type of the keys in the map; None for any Python objects.
        value_type_info: the type of the values; None for any Python objects.

    Raises:
        TypeError: if the name is no string or a type no ``TypeInformation``.
        ValueError: if the name is empty.
    """

    type_info: MapTypeInfo

    def __init__(
        self,
        name: str,
        key_type_info: TypeInformation | None,
        value_type_info: TypeInformation | None,
    ) -> None:
        self.name = self._checked_name(name)
        keys = self._checked_type(key_type_info, "key_type_info")
        values = self._checked_type(value_type_info, "value_type_info")
        super().__init__(name, MapTypeInfo(keys, values))


class ReducingStateDescriptor(StateDescriptor):
    """Names a :class:`ReducingState`.

    Example:
        >>> from pyflink.common import Types
        >>> total = ReducingStateDescriptor("total", lambda a, b: a + b, Types.LONG())
        >>> total.get_reduce_function().reduce(1, 2)
        3

    Args:
        name: the name.
        reduce_function: a ``ReduceFunction``, or a callable that makes one value of two.
        type_info: the type of the values; None for any Python objects.

    Raises:
        TypeError: if the name is no string, the function cannot be called, or the type is no
            ``TypeInformation``.
        ValueError: if the name is empty.
    """

    def __init__(
        self,
        name: str,
        reduce_function: Any,
        type_info: TypeInformation | None,
    ) -> None:
        super().__init__(name, type_info)
        if _has_methods(reduce_function, "reduce"):
            self._reduce_function = reduce_function
        elif callable(reduce_function) and not isinstance(reduce_function, type):
            self._reduce_function = _CallableReduce(reduce_function)
        else:
            raise TypeError(
                f"{self._where()}: the reduce_function is a ReduceFunction or a callable that "
                f"makes one value of two; not {_shown(reduce_function)}."
            )

    def get_reduce_function(self) -> Any:
        """The ``ReduceFunction``; of a callable one that calls it."""
        return self._reduce_function


class AggregatingStateDescriptor(StateDescriptor):
    """Names an :class:`AggregatingState`.

    Args:
        name: the name.
        agg_function: an ``AggregateFunction``.
        state_type_info: the type of its accumulators; None for any Python objects.

    Raises:
        TypeError: if the name is no string, the function no ``AggregateFunction``, or the type no
            ``TypeInformation``.
        ValueError: if the name is empty.
    """

    def __init__(
        self, name: str, agg_function: Any, state_type_info: TypeInformation | None
    ) -> None:
        self.name = self._checked_name(name)
        super().__init__(name, self._checked_type(state_type_info, "state_type_info"))
        if not _has_methods(agg_function, "create_accumulator", "add", "get_result", "merge"):
            raise TypeError(
                f"{self._where()}: the agg_function is an AggregateFunction; "
                f"not {_shown(agg_function)}."
            )
        self._agg_function = agg_function

    def get_agg_function(self) -> Any:
        """The ``AggregateFunction``."""
        return self._agg_function


class _CallableReduce:
    """A callable as a ``ReduceFunction``."""

    def __init__(self, function: Callable[[Any, Any], Any]) -> None:
        self.reduce = function


def _has_methods(function: Any, *names: str) -> bool:
    # by its methods, as the classes themselves are in a room above this one
    return not isinstance(function, type) and all(
        callable(getattr(function, name, None)) for name in names
    )


def _shown(value: Any) -> str:
    if isinstance(value, type):
        return f"the class {value.__name__}: put () behind it"
    return f"{value!r:.100}"
