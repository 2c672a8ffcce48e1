# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The settings of jobs."""

from __future__ import annotations

import pytest

from pyflink.common import ExecutionConfig, ExecutionMode, InputDependencyConstraint
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaClassNotFoundError, JavaError


@pytest.fixture
def config() -> ExecutionConfig:
    return ExecutionConfig(get_gateway().jvm.org.apache.flink.api.common.ExecutionConfig())


@pytest.mark.parametrize(
    ("setting", "default", "value"),
    [
        ("parallelism", 1, 4),
        ("max_parallelism", -1, 128),
        ("auto_watermark_interval", 200, 0),
        ("latency_tracking_interval", 0, 50),
        ("task_cancellation_interval", 30_000, 5),
        ("task_cancellation_timeout", 180_000, 0),
        ("global_job_parameters", {}, {"a": "b", "c": "d"}),
    ],
)
def test_values(config: ExecutionConfig, setting: str, default: object, value: object) -> None:
    assert getattr(config, f"get_{setting}")() == default
    assert getattr(config, f"set_{setting}")(value) is config
    assert getattr(config, f"get_{setting}")() == value


def test_the_default_parallelism(config: ExecutionConfig) -> None:
    config.set_parallelism(3).set_parallelism(ExecutionConfig.PARALLELISM_DEFAULT)
    assert config.get_parallelism() == ExecutionConfig.PARALLELISM_DEFAULT == -1


@pytest.mark.parametrize(
    ("enable", "disable", "ask"),
    [
        ("enable_closure_cleaner", "disable_closure_cleaner", "is_closure_cleaner_enabled"),
        (
            "enable_auto_generated_uids",
            "disable_auto_generated_uids",
            "has_auto_generated_uids_enabled",
        ),
        ("enable_object_reuse", "disable_object_reuse", "is_object_reuse_enabled"),
        ("enable_force_kryo", "disable_force_kryo", "is_force_kryo_enabled"),
        ("enable_force_avro", "disable_force_avro", "is_force_avro_enabled"),
        ("disable_generic_types", "enable_generic_types", "has_generic_types_disabled"),
    ],
)
def test_switches(config: ExecutionConfig, enable: str, disable: str, ask: str) -> None:
    assert getattr(config, enable)() is config
    assert getattr(config, ask)() is True
    assert getattr(config, disable)() is config
    assert getattr(config, ask)() is False


def test_snapshot_compression(config: ExecutionConfig) -> None:
    assert config.is_use_snapshot_compression() is False
    assert config.set_use_snapshot_compression(True) is config
    assert config.is_use_snapshot_compression() is True


def test_parameters_that_are_not_text(config: ExecutionConfig) -> None:
    config.set_global_job_parameters({"i": 1, "b": True})
    assert config.get_global_job_parameters() == {"i": "1", "b": "true"}
    with pytest.raises(TypeError, match="is not a str, bool, int or float"):
        config.set_global_job_parameters({"x": [1]})


@pytest.mark.parametrize(
    ("method", "value", "message"),
    [
        ("set_parallelism", 0, "Parallelism must be at least one"),
        ("set_max_parallelism", 0, "The maximum parallelism must be greater than 0"),
        ("set_task_cancellation_timeout", -5, "Timeout needs to be >= 0"),
    ],
)
def test_values_out_of_range(config, method: str, value: int, message: str) -> None:
    with pytest.raises(JavaError, match=message):
        getattr(config, method)(value)


SERIALIZER = "org.apache.flink.api.java.typeutils.runtime.kryo.JavaSerializer"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_registered_classes(config: ExecutionConfig) -> None:
    assert config.get_registered_kryo_types() == config.get_registered_pojo_types() == []
    config.register_kryo_type("java.util.BitSet").register_pojo_type("java.net.URL")
    config.add_default_kryo_serializer("java.util.List", SERIALIZER)
    config.register_type_with_kryo_serializer("java.util.Map$Entry", SERIALIZER)
    assert config.get_registered_kryo_types() == ["java.util.BitSet"]
    assert config.get_registered_pojo_types() == ["java.net.URL"]
    assert config.get_default_kryo_serializer_classes() == {"java.util.List": SERIALIZER}
    assert config.get_registered_types_with_kryo_serializer_classes() == {
        "java.util.Map$Entry": SERIALIZER
    }


def test_an_unknown_class_is_named(config: ExecutionConfig) -> None:
    with (
        pytest.deprecated_call(match="pipeline.serialization-config"),
        pytest.raises(JavaClassNotFoundError, match=r"'no\.such\.Type'"),
    ):
        config.register_kryo_type("no.such.Type")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_flink_2_does_not_know_is_kept(config: ExecutionConfig) -> None:
    again = ExecutionConfig(config._j_execution_config)
    assert again.get_execution_mode() is ExecutionMode.PIPELINED
    assert again.get_default_input_dependency_constraint() is InputDependencyConstraint.ANY
    assert again.is_auto_type_registration_disabled() is False
    config.set_execution_mode(ExecutionMode.BATCH_FORCED)
    config.set_default_input_dependency_constraint(InputDependencyConstraint.ALL)
    config.disable_auto_type_registration()
    assert again.get_execution_mode() is ExecutionMode.BATCH_FORCED
    assert again.get_default_input_dependency_constraint() is InputDependencyConstraint.ALL
    assert again.is_auto_type_registration_disabled() is True


def test_equality(config: ExecutionConfig) -> None:
    again = ExecutionConfig(config._j_execution_config)
    assert config == again
    assert hash(config) == hash(again)
    assert config != 1
