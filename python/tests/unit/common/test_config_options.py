# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Options that a program defines itself."""

from __future__ import annotations

import pytest

from pyflink.common import ConfigOption, ConfigOptions


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("boolean_type", True),
        ("int_type", 5),
        ("long_type", 2**40),
        ("float_type", 1.5),
        ("double_type", 1.1),
        ("string_type", "x"),
    ],
)
def test_every_type(kind: str, value: object) -> None:
    option = getattr(ConfigOptions.key("my.key"), kind)().default_value(value)
    assert isinstance(option, ConfigOption)
    assert option._j_config_option.key() == "my.key"
    assert option._j_config_option.defaultValue() == value
    assert "my.key" in str(option)


def test_no_default() -> None:
    option = ConfigOptions.key("my.key").string_type().no_default_value()
    assert not option._j_config_option.hasDefaultValue()
