# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Helpers for work with Java objects."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pyflink.common import Configuration, Duration
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaClassNotFoundError
from pyflink.util.java_utils import (
    add_jars_to_context_class_loader,
    create_url_class_loader,
    from_j_duration,
    from_j_flink_time,
    get_field,
    get_field_value,
    get_j_env_configuration,
    invoke_method,
    is_instance_of,
    is_local_deployment,
    load_java_class,
    to_j_duration,
    to_j_flink_time,
    to_jarray,
)


@pytest.fixture
def jvm():
    return get_gateway().jvm


def test_arrays(jvm) -> None:
    assert list(to_jarray(jvm.int, (1, 2))) == [1, 2]
    assert list(to_jarray(jvm.String, ["a"])) == ["a"]
    assert len(to_jarray(jvm.int, [])) == 0


def test_classes(jvm) -> None:
    assert load_java_class("java.util.Map$Entry").getName() == "java.util.Map$Entry"
    with pytest.raises(JavaClassNotFoundError, match=r"no Java class 'no\.Such'"):
        load_java_class("no.Such")


def test_instances(jvm) -> None:
    j_list = jvm.java.util.ArrayList()
    for j_class in ("java.util.List", jvm.java.util.List, load_java_class("java.util.List")):
        assert is_instance_of(j_list, j_class)
    assert is_instance_of(j_list, jvm.java.util.ArrayList())
    assert not is_instance_of(j_list, "java.util.Map")
    with pytest.raises(TypeError, match="java_class must be"):
        is_instance_of(j_list, 5)


def test_jars(test_jar: Path) -> None:
    add_jars_to_context_class_loader([test_jar.as_uri()])
    assert load_java_class("io.flinker.testing.EndlessNumbers") is not None
    with pytest.raises(ValueError, match=r"'a\.jar' is not a URL"):
        add_jars_to_context_class_loader(["a.jar"])


def test_a_class_loader_of_one_s_own(jvm, test_jar: Path) -> None:
    parent = jvm.Thread.currentThread().getContextClassLoader()
    loader = create_url_class_loader([test_jar.as_uri()], parent)
    assert loader.loadClass("io.flinker.testing.EndlessNumbers") is not None
    again = create_url_class_loader([jvm.java.net.URL("file:///x.jar")], None)
    assert [url.toString() for url in again.getURLs()] == ["file:/x.jar"]


def test_fields(jvm) -> None:
    j_list = jvm.java.util.ArrayList([1, 2])
    assert get_field(j_list.getClass(), "modCount").getName() == "modCount"
    assert get_field(j_list.getClass(), "none") is None
    assert get_field_value(j_list, "size") == 2
    with pytest.raises(AttributeError, match=r"java\.util\.ArrayList has no field 'none'"):
        get_field_value(j_list, "none")


def test_methods(jvm) -> None:
    j_list = jvm.java.util.ArrayList()
    assert invoke_method(j_list, "java.util.ArrayList", "isEmpty") is True
    added = invoke_method(j_list, "java.util.ArrayList", "add", ["x"], ["java.lang.Object"])
    assert added is True
    assert j_list[0] == "x"


@pytest.mark.parametrize(
    "span",
    [
        timedelta(0),
        timedelta(microseconds=1),
        timedelta(days=-1, microseconds=5),
        timedelta(days=10_000, seconds=1),
    ],
)
def test_durations(span: timedelta) -> None:
    assert from_j_duration(to_j_duration(span)) == span


def test_durations_of_ours_and_nonsense(jvm) -> None:
    assert to_j_duration(Duration.of_nanos(5)).toString() == "PT0.000000005S"
    assert from_j_duration(jvm.java.time.Duration.ofNanos(1999)) == timedelta(microseconds=1)
    with pytest.raises(TypeError, match="A span of time is needed"):
        to_j_duration(5)


def test_the_time_of_flink_1() -> None:
    with pytest.deprecated_call(match="Use to_j_duration"):
        j_time = to_j_flink_time(timedelta(seconds=1))
    with pytest.deprecated_call(match="Use from_j_duration"):
        assert from_j_flink_time(j_time) == timedelta(seconds=1)


def test_the_configuration_of_an_environment() -> None:
    class JavaEnvironment:
        def getConfiguration(self):
            return Configuration.from_dict({"execution.target": "embedded"})._j_configuration

    j_configuration = get_j_env_configuration(JavaEnvironment())
    assert is_local_deployment(j_configuration)
    assert not is_local_deployment(
        Configuration.from_dict({"execution.target": "remote"})._j_configuration
    )
    assert not is_local_deployment(Configuration()._j_configuration)
