# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Settings: every kind in and out, refusals, and the configuration as a whole."""

from __future__ import annotations

import copy

import pytest

from pyflink.common import Configuration
from pyflink.java_gateway import get_gateway


def test_a_new_one_is_empty() -> None:
    config = Configuration()
    assert config.to_dict() == {}
    assert config.key_set() == set()
    assert str(config) == "{}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("string", "text"),
        ("string", ""),
        ("string", "a\0b\n🙂"),
        ("integer", 0),
        ("integer", -(2**31)),
        ("integer", 2**63 - 1),
        ("boolean", True),
        ("boolean", False),
        ("float", 1.1),
        ("float", -0.0),
        ("float", 1e300),
        ("bytearray", bytearray(b"")),
        ("bytearray", bytearray(range(256))),
    ],
)
def test_what_is_set_is_got(kind: str, value: object) -> None:
    config = Configuration()
    assert getattr(config, f"set_{kind}")("key", value) is config
    got = getattr(config, f"get_{kind}")("key", None)
    assert got == value
    assert type(got) is type(value)
    assert config.contains_key("key")
    assert config.key_set() == {"key"}


@pytest.mark.parametrize("kind", ["string", "integer", "boolean", "float", "bytearray"])
def test_the_default_of_a_key_that_is_not_set(kind: str) -> None:
    assert getattr(Configuration(), f"get_{kind}")("no.such.key", None) is None


def test_defaults_are_returned_as_they_are() -> None:
    config = Configuration()
    assert config.get_string("k", "d") == "d"
    assert config.get_integer("k", 5) == 5
    assert config.get_boolean("k", True) is True
    assert config.get_float("k", 0.5) == 0.5
    assert config.get_bytearray("k", b"ab") == bytearray(b"ab")


def test_one_kind_is_read_as_another() -> None:
    config = Configuration().set_integer("i", 5).set_string("t", "7").set_string("b", "TRUE")
    assert config.get_string("i", None) == "5"
    assert config.get_float("i", None) == 5.0
    assert config.get_integer("t", None) == 7
    assert config.get_boolean("b", None) is True


def test_text_that_flink_would_read_is_taken() -> None:
    config = Configuration().set_integer("i", "5").set_float("f", "0.5").set_boolean("b", "false")
    assert config.get_integer("i", None) == 5
    assert config.get_float("f", None) == 0.5
    assert config.get_boolean("b", None) is False


@pytest.mark.parametrize("kind", ["integer", "boolean", "float"])
def test_a_value_of_another_kind_is_named(kind: str) -> None:
    config = Configuration().set_string("some.key", "b?")
    with pytest.raises(ValueError, match=rf"'some\.key' is set to 'b\?', which is no {kind}"):
        getattr(config, f"get_{kind}")("some.key", None)


@pytest.mark.parametrize(
    ("method", "value", "message"),
    [
        ("set_string", 5, r"set_string\('k', ...\) takes str, not 5 \(int\)"),
        ("set_string", None, "takes str, not None"),
        ("set_integer", 1.5, "takes int, not 1.5"),
        ("set_integer", True, "takes int, not True"),
        ("set_integer", "x", "takes int, not 'x'"),
        ("set_boolean", 1, "takes bool, not 1"),
        ("set_boolean", "x", "takes bool, not 'x'"),
        ("set_float", "x", "takes float or int, not 'x'"),
        ("set_bytearray", "x", "takes bytes or bytearray, not 'x'"),
    ],
)
def test_a_wrong_value_is_refused(method: str, value: object, message: str) -> None:
    config = Configuration()
    with pytest.raises(TypeError, match=message):
        getattr(config, method)("k", value)
    assert not config.contains_key("k")


def test_a_wrong_key_is_refused() -> None:
    with pytest.raises(TypeError, match="The key of a setting is a str, not None"):
        Configuration().set_string(None, "x")


def test_a_dict_in_and_out() -> None:
    settings = {"a": "1", "b": "", "c": "ü\0", "d": "x" * 100_000}
    assert Configuration.from_dict(settings).to_dict() == settings


def test_a_dict_with_numbers() -> None:
    config = Configuration.from_dict({"i": 5, "f": 1.5, "b": True})
    assert config.to_dict() == {"i": "5", "f": "1.5", "b": "true"}


def test_a_dict_with_something_else() -> None:
    with pytest.raises(TypeError, match=r"The value of 'z' cannot be a setting: None"):
        Configuration.from_dict({"a": "1", "z": None})


def test_the_kinds_survive_in_a_dict_that_is_filled() -> None:
    config = Configuration().set_string("s", "t").set_integer("i", 5).set_boolean("b", True)
    config.set_float("f", 1.5).set_bytearray("y", b"\x01\x02")
    target = {"s": "old", "other": 1}
    config.add_all_to_dict(target)
    assert target == {"s": "t", "i": 5, "b": True, "f": 1.5, "y": b"\x01\x02", "other": 1}


def test_what_another_has_is_added() -> None:
    config = Configuration.from_dict({"a": "1", "b": "1"})
    assert config.add_all(Configuration.from_dict({"b": "2"})) is config
    config.add_all(Configuration.from_dict({"c": "3"}), "p.")
    assert config.to_dict() == {"a": "1", "b": "2", "p.c": "3"}


def test_a_key_is_removed_once() -> None:
    config = Configuration.from_dict({"a": "1"})
    assert config.remove_config("a") is True
    assert config.remove_config("a") is False
    assert not config.contains_key("a")


@pytest.mark.parametrize("clone", [Configuration, copy.copy, copy.deepcopy])
def test_a_copy_is_equal_and_apart(clone) -> None:
    config = Configuration().set_string("a", "1").set_bytearray("y", b"\x01")
    other = clone(config)
    assert other == config
    assert hash(other) == hash(config)
    other.set_string("a", "2")
    assert other != config
    assert config.get_string("a", None) == "1"


def test_it_equals_nothing_else() -> None:
    assert Configuration() != {}
    assert Configuration() != 1


def test_a_java_configuration_is_wrapped() -> None:
    j_configuration = get_gateway().jvm.org.apache.flink.configuration.Configuration()
    Configuration(j_configuration=j_configuration).set_string("a", "1")
    assert j_configuration.getString("a", None) == "1"


@pytest.mark.parametrize("other", [{"a": "1"}, "a"])
def test_something_else_is_not_copied(other: object) -> None:
    with pytest.raises(TypeError, match="takes another Configuration"):
        Configuration(other)


def test_passwords_are_not_shown() -> None:
    config = Configuration().set_string("some.password", "geheim").set_string("a", "b")
    assert "geheim" not in str(config)
    assert "a=b" in str(config)


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        (None, []),
        ("", []),
        ("a", ["a"]),
        ("a;b;c", ["a", "b", "c"]),
        ("[a, b, c]", ["a", "b", "c"]),
        ("[]", []),
        ("['a;b', \"c\"]", ["a;b", "c"]),
        ("[file:///a b.jar, file:///c.jar]", ["file:///a b.jar", "file:///c.jar"]),
        ("[1, true, 1.5, null]", [1, True, 1.5, None]),
        ("[[1, 2], {a: b}]", [[1, 2], {"a": "b"}]),
    ],
)
def test_lists(text: str | None, elements: list[object]) -> None:
    assert Configuration.parse_list_value(text) == elements


def test_a_list_as_flink_1_wrote_it() -> None:
    assert Configuration.parse_list_value("[a];b", False) == ["[a]", "b"]


def test_a_list_that_is_none() -> None:
    with pytest.raises(ValueError, match=r"'\[unclosed' is not a list"):
        Configuration.parse_list_value("[unclosed")


def test_jars_are_visible_at_once(test_jar) -> None:
    Configuration().set_string("pipeline.jars", f"[{test_jar.as_uri()}]")
    assert get_gateway().jvm.io.flinker.testing.FailsAtFirst() is not None


def test_a_jar_without_a_protocol_is_refused() -> None:
    config = Configuration()
    with pytest.raises(ValueError, match=r"'/x\.jar' is not a URL .*'file:///path/to/a\.jar'"):
        config.set_string("pipeline.classpaths", "/x.jar")
    assert config.to_dict() == {}
