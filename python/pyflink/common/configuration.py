# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Flink's settings, as keys and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyflink._gateway import JavaList, JavaMap, java_class
from pyflink._gateway.errors import JavaError
from pyflink.common import _settings
from pyflink.util.java_utils import add_jars_to_context_class_loader, load_java_class

__all__ = ["Configuration"]

_JAVA = "org.apache.flink.configuration.Configuration"
_YAML = "org.apache.flink.configuration.YamlParserUtils"
_JARS = ("pipeline.jars", "pipeline.classpaths")


class Configuration:
    """Settings of Flink: a mapping from keys such as ``parallelism.default`` to values.

    Args:
        other: settings to start from; they are copied.
        j_configuration: a Java ``Configuration`` to wrap, which is not copied.

    Raises:
        TypeError: if ``other`` is not a Configuration.

    Example:
        >>> from pyflink.common import Configuration
        >>> config = Configuration().set_integer("parallelism.default", 2)
        >>> config.get_integer("parallelism.default", 1)
        2
    """

    def __init__(self, other: Configuration | None = None, j_configuration: Any = None) -> None:
        if j_configuration is not None:
            self._j_configuration = j_configuration
        elif other is None:
            self._j_configuration = java_class(_JAVA)()
        elif isinstance(other, Configuration):
            self._j_configuration = java_class(_JAVA)(other._j_configuration)
        else:
            raise TypeError(
                f"Configuration() takes another Configuration, not {_kind(other)}. "
                "For a dict write Configuration.from_dict(...)."
            )

    @classmethod
    def from_dict(cls, map: Mapping[str, Any]) -> Configuration:
        """A configuration with the settings of a dict.

        Args:
            map: keys, and their values as text; bool, int and float are taken too.

        Raises:
            TypeError: if a key is not a str or a value none of these.

        Example:
            >>> from pyflink.common import Configuration
            >>> Configuration.from_dict({"rest.port": "8081"}).get_integer("rest.port", 0)
            8081
        """
        settings: dict[str, str | None] = {}
        for key, value in map.items():
            _check_key(key)
            try:
                settings[key] = _settings.as_text(value)
            except TypeError as e:
                raise TypeError(f"The value of '{key}' cannot be a setting: {e}.") from None
        return cls(j_configuration=_settings.new_j_configuration(settings))

    # ---- text

    def get_string(self, key: str, default_value: Any) -> Any:
        """The value of a key as text.

        Args:
            key: the key.
            default_value: what to return if the key is not set.
        """
        value = self._j_configuration.getString(key, None)
        return default_value if value is None else str(value)

    def set_string(self, key: str, value: str) -> Configuration:
        """Sets the value of a key.

        Jars in ``pipeline.jars`` and ``pipeline.classpaths`` are visible to this program at once.

        Args:
            key: the key.
            value: the value.

        Raises:
            TypeError: if the value is not a str.
        """
        _check(key, value, "set_string", str)
        if key in _JARS:
            add_jars_to_context_class_loader(self.parse_list_value(value))
        self._j_configuration.setString(key, value)
        return self

    # ---- numbers and switches

    def get_integer(self, key: str, default_value: Any) -> Any:
        """The value of a key as an integer.

        Args:
            key: the key.
            default_value: what to return if the key is not set.

        Raises:
            ValueError: if the value is not an integer.
        """
        return self._get(key, "integer", default_value)

    def set_integer(self, key: str, value: int) -> Configuration:
        """Sets the value of a key.

        Args:
            key: the key.
            value: an integer of up to 64 bits.

        Raises:
            TypeError: if the value is not an integer.
        """
        _check(key, value, "set_integer", int, int)
        return self._set(key, value)

    def get_boolean(self, key: str, default_value: Any) -> Any:
        """The value of a key as True or False.

        Args:
            key: the key.
            default_value: what to return if the key is not set.

        Raises:
            ValueError: if the value is neither.
        """
        return self._get(key, "boolean", default_value)

    def set_boolean(self, key: str, value: bool) -> Configuration:
        """Sets the value of a key.

        Args:
            key: the key.
            value: True or False.

        Raises:
            TypeError: if the value is neither.
        """
        _check(key, value, "set_boolean", bool, _boolean)
        return self._set(key, value)

    def get_float(self, key: str, default_value: Any) -> Any:
        """The value of a key as a float.

        Args:
            key: the key.
            default_value: what to return if the key is not set.

        Raises:
            ValueError: if the value is not a number.
        """
        return self._get(key, "float", default_value)

    def set_float(self, key: str, value: float) -> Configuration:
        """Sets the value of a key.

        Args:
            key: the key.
            value: a number.

        Raises:
            TypeError: if the value is not a number.
        """
        _check(key, value, "set_float", (float, int), float)
        return self._set(key, value if isinstance(value, str) else float(value))

    # ---- bytes

    def get_bytearray(self, key: str, default_value: Any) -> Any:
        """The value of a key as bytes.

        Args:
            key: the key.
            default_value: bytes to return, as a bytearray, if the key is not set.
        """
        value = self._get(key, "bytes", default_value)
        return None if value is None else bytearray(value)

    def set_bytearray(self, key: str, value: bytes | bytearray) -> Configuration:
        """Sets the value of a key.

        Args:
            key: the key.
            value: bytes.

        Raises:
            TypeError: if the value is not bytes.
        """
        _check(key, value, "set_bytearray", (bytes, bytearray))
        return self._set(key, value)

    # ---- the whole

    def key_set(self) -> set[str]:
        """All keys that are set."""
        return set(self.to_dict())

    def contains_key(self, key: str) -> bool:
        """Whether a key is set."""
        return bool(self._j_configuration.containsKey(key))

    def remove_config(self, key: str) -> bool:
        """Removes a key.

        Returns:
            Whether it was set.
        """
        return bool(self._j_configuration.removeKey(key))

    def add_all(self, other: Configuration, prefix: str | None = None) -> Configuration:
        """Takes over all settings of another configuration.

        Args:
            other: the other configuration; its values win.
            prefix: what to put before every key of it.
        """
        if prefix is None:
            self._j_configuration.addAll(other._j_configuration)
        else:
            self._j_configuration.addAll(other._j_configuration, prefix)
        return self

    def add_all_to_dict(self, target_dict: dict[str, Any]) -> None:
        """Puts all settings into a dict: numbers, switches and bytes as such, the rest as text.

        Args:
            target_dict: the dict to fill.
        """
        settings = _settings.settings_class()
        target_dict.update(self.to_dict())
        for key, kind in _settings.unpack(settings.types(self._j_configuration)).items():
            target_dict[key] = settings.get(self._j_configuration, key, kind)

    def to_dict(self) -> dict[str, str]:
        """All settings, the values as text.

        Example:
            >>> from pyflink.common import Configuration
            >>> Configuration().set_boolean("pipeline.object-reuse", True).to_dict()
            {'pipeline.object-reuse': 'true'}
        """
        return _settings.get_all(self._j_configuration)

    @staticmethod
    def parse_list_value(value: str | None, standard_yaml: bool = True) -> list[Any]:
        """The elements of a setting that is a list.

        Args:
            value: the setting as text: ``[a, b]`` or ``a;b``.
            standard_yaml: whether ``[a, b]`` means a list; otherwise only ``;`` separates.

        Raises:
            ValueError: if a list in brackets is not well formed.

        Example:
            >>> from pyflink.common import Configuration
            >>> Configuration.parse_list_value("[file:///a.jar, file:///b.jar]")
            ['file:///a.jar', 'file:///b.jar']
        """
        if not value:
            return []
        if not (standard_yaml and value.lstrip().startswith("[")):
            return value.split(";")
        return _yaml_list(value)

    def _get(self, key: str, kind: str, default_value: Any) -> Any:
        try:
            value = _settings.settings_class().get(self._j_configuration, key, kind)
        except JavaError as e:
            text = self.get_string(key, None)
            raise ValueError(f"'{key}' is set to '{text}', which is no {kind}") from e
        return default_value if value is None else value

    def _set(self, key: str, value: Any) -> Configuration:
        _settings.settings_class().set(self._j_configuration, key, value)
        return self

    def __deepcopy__(self, memodict: Any = None) -> Configuration:
        return Configuration(self)

    def __copy__(self) -> Configuration:
        return Configuration(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Configuration):
            return NotImplemented
        return bool(self._j_configuration.equals(other._j_configuration))

    def __hash__(self) -> int:
        return int(self._j_configuration.hashCode())

    def __str__(self) -> str:
        # Java's text has the passwords hidden
        return str(self._j_configuration.toString())


def _kind(value: object) -> str:
    return f"{value!r} ({type(value).__name__})"


def _check_key(key: object) -> None:
    if not isinstance(key, str):
        raise TypeError(f"The key of a setting is a str, not {_kind(key)}")


def _check(
    key: object,
    value: object,
    method: str,
    types: type | tuple[type, ...],
    parse: Any = None,
) -> None:
    """Refuses a value of another type, unless it is text that Flink would read as the type."""
    _check_key(key)
    if isinstance(value, types) and (bool in _tuple(types) or not isinstance(value, bool)):
        return
    if parse is not None and isinstance(value, str):
        try:
            parse(value)
        except ValueError:
            pass
        else:
            return
    names = " or ".join(t.__name__ for t in _tuple(types))
    raise TypeError(f"Configuration.{method}('{key}', ...) takes {names}, not {_kind(value)}")


def _tuple(types: type | tuple[type, ...]) -> tuple[type, ...]:
    return types if isinstance(types, tuple) else (types,)


def _boolean(text: str) -> None:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)


def _yaml_list(text: str) -> list[Any]:
    try:
        j_list = java_class(_YAML).convertToObject(text, load_java_class("java.util.List"))
    except JavaError as e:
        raise ValueError(f"'{text}' is not a list: {e.java_message}") from e
    return [_to_python(element) for element in j_list]


def _to_python(value: Any) -> Any:
    if isinstance(value, JavaList):
        return [_to_python(element) for element in value]
    if isinstance(value, JavaMap):
        return {key: _to_python(value[key]) for key in value}
    return value
