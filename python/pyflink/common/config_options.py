# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Options of Flink that a program defines itself."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pyflink._gateway import java_class

__all__ = ["ConfigOption", "ConfigOptions"]

T = TypeVar("T")


class ConfigOption(Generic[T]):
    """An option: a key, the type of its values and perhaps a default value.

    Args:
        j_config_option: the Java ``ConfigOption``.
    """

    def __init__(self, j_config_option: Any) -> None:
        self._j_config_option = j_config_option

    def __str__(self) -> str:
        return str(self._j_config_option.toString())


class ConfigOptions:
    """Builds options.

    Args:
        j_config_options: the Java ``ConfigOptions``.

    Example:
        >>> from pyflink.common import ConfigOptions
        >>> option = ConfigOptions.key("my.retries").int_type().default_value(3)
    """

    def __init__(self, j_config_options: Any) -> None:
        self._j_config_options = j_config_options

    @staticmethod
    def key(key: str) -> ConfigOptions.OptionBuilder:
        """Starts an option.

        Args:
            key: the key.
        """
        j_config_options = java_class("org.apache.flink.configuration.ConfigOptions")
        return ConfigOptions.OptionBuilder(j_config_options.key(key))

    class OptionBuilder:
        """An option whose type is still open.

        Args:
            j_option_builder: the Java builder.
        """

        def __init__(self, j_option_builder: Any) -> None:
            self._j_option_builder = j_option_builder

        def boolean_type(self) -> ConfigOptions.TypedConfigOptionBuilder[bool]:
            """The values are True or False."""
            return ConfigOptions.TypedConfigOptionBuilder(self._j_option_builder.booleanType())

        def int_type(self) -> ConfigOptions.TypedConfigOptionBuilder[int]:
            """The values are integers of up to 32 bits."""
            return ConfigOptions.TypedConfigOptionBuilder(self._j_option_builder.intType())

        def long_type(self) -> ConfigOptions.TypedConfigOptionBuilder[int]:
            """The values are integers of up to 64 bits."""
            return ConfigOptions.TypedConfigOptionBuilder(self._j_option_builder.longType())

        def float_type(self) -> ConfigOptions.TypedConfigOptionBuilder[float]:
            """The values are floats of 32 bits."""
            return ConfigOptions.TypedConfigOptionBuilder(self._j_option_builder.floatType())

        def double_type(self) -> ConfigOptions.TypedConfigOptionBuilder[float]:
            """The values are floats of 64 bits."""
            return ConfigOptions.TypedConfigOptionBuilder(self._j_option_builder.doubleType())

        def string_type(self) -> ConfigOptions.TypedConfigOptionBuilder[str]:
            """The values are text."""
            return ConfigOptions.TypedConfigOptionBuilder(self._j_option_builder.stringType())

    class TypedConfigOptionBuilder(Generic[T]):
        """An option whose default value is still open.

        Args:
            j_typed_config_option_builder: the Java builder.
        """

        def __init__(self, j_typed_config_option_builder: Any) -> None:
            self._j_typed_config_option_builder = j_typed_config_option_builder

        def default_value(self, value: T) -> ConfigOption[T]:
            """The option with this default value."""
            return ConfigOption(self._j_typed_config_option_builder.defaultValue(value))

        def no_default_value(self) -> ConfigOption[T]:
            """The option without a default value."""
            return ConfigOption(self._j_typed_config_option_builder.noDefaultValue())
