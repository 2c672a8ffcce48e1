# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The settings that hold for every job of an environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyflink._deprecation import deprecated, without_effect
from pyflink.common import _settings, restart_strategy
from pyflink.common.execution_mode import ExecutionMode
from pyflink.common.input_dependency_constraint import InputDependencyConstraint
from pyflink.common.restart_strategy import RestartStrategyConfiguration
from pyflink.util.java_utils import load_java_class

__all__ = ["ExecutionConfig"]

_SERIALIZATION = "the setting 'pipeline.serialization-config'"
# Flink 2 reads none of these: here they only remember what a program has set.
_EXECUTION_MODE = "pipeline.execution-mode"
_INPUT_DEPENDENCIES = "pipeline.input-dependency-constraint"
_AUTO_TYPES = "pipeline.auto-type-registration"

_NO_AUTO_TYPES = (
    f"Flink 2 never registers types at Kryo by itself; register some with {_SERIALIZATION}."
)
_NO_EXECUTION_MODE = (
    "Choose between batch and streaming with StreamExecutionEnvironment.set_runtime_mode, "
    "and how batches are exchanged with the setting 'execution.batch-shuffle-mode'."
)
_NO_DEPENDENCIES = "Flink 2 starts tasks by pipelined regions."


class ExecutionConfig:
    """The settings that hold for every job of an environment.

    Args:
        j_execution_config: the Java ``ExecutionConfig``.

    Example:
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> env.get_config().set_auto_watermark_interval(50).get_auto_watermark_interval()
        50
    """

    PARALLELISM_DEFAULT = -1
    """The parallelism that means: the one that Flink is configured with."""

    PARALLELISM_UNKNOWN = -2
    """The parallelism that means: leave it as it is."""

    def __init__(self, j_execution_config: Any) -> None:
        self._j_execution_config = j_execution_config

    # ---- parallelism

    def get_parallelism(self) -> int:
        """How many instances of each operator run where the operator itself does not say."""
        return int(self._j_execution_config.getParallelism())

    def set_parallelism(self, parallelism: int) -> ExecutionConfig:
        """Sets how many instances of each operator run where the operator itself does not say.

        Args:
            parallelism: at least 1, or ``PARALLELISM_DEFAULT``.
        """
        self._j_execution_config.setParallelism(parallelism)
        return self

    def get_max_parallelism(self) -> int:
        """How far the job can be rescaled; -1 if Flink decides."""
        return int(self._j_execution_config.getMaxParallelism())

    def set_max_parallelism(self, max_parallelism: int) -> ExecutionConfig:
        """Sets how far the job can be rescaled.

        Args:
            max_parallelism: the number of key groups, 1 to 32768.
        """
        self._j_execution_config.setMaxParallelism(max_parallelism)
        return self

    # ---- time

    def get_auto_watermark_interval(self) -> int:
        """Milliseconds between two watermarks."""
        return int(self._j_execution_config.getAutoWatermarkInterval())

    def set_auto_watermark_interval(self, interval: int) -> ExecutionConfig:
        """Sets how often watermarks are sent.

        Args:
            interval: milliseconds, by default 200; 0 sends none.
        """
        self._j_execution_config.setAutoWatermarkInterval(interval)
        return self

    def get_latency_tracking_interval(self) -> int:
        """Milliseconds between two latency markers; 0 if there are none."""
        return int(self._j_execution_config.getLatencyTrackingInterval())

    def set_latency_tracking_interval(self, interval: int) -> ExecutionConfig:
        """Sets how often sources send a marker by which latency is measured.

        Args:
            interval: milliseconds; 0, the default, sends none.
        """
        self._j_execution_config.setLatencyTrackingInterval(interval)
        return self

    # ---- failures and cancellation

    def set_restart_strategy(
        self, restart_strategy_configuration: RestartStrategyConfiguration
    ) -> ExecutionConfig:
        """Sets what Flink does after a failure.

        Deprecated: set ``restart-strategy.type`` in the Configuration of the environment.

        Args:
            restart_strategy_configuration: made by ``RestartStrategies``.
        """
        deprecated(
            "ExecutionConfig.set_restart_strategy",
            "the setting 'restart-strategy.type' in the Configuration of the environment",
        )
        present = _settings.get_all(self._j_execution_config)
        self._put(restart_strategy._replacement(restart_strategy_configuration, present))
        return self

    def get_restart_strategy(self) -> RestartStrategyConfiguration | None:
        """What Flink does after a failure.

        Deprecated: see the setting ``restart-strategy.type``.

        Returns:
            The strategy; None if it is one that Flink 1 could not name here, such as
            ``exponential-delay``.
        """
        deprecated("ExecutionConfig.get_restart_strategy", "the setting 'restart-strategy.type'")
        return restart_strategy._from_configuration(_settings.get_all(self._j_execution_config))

    def get_task_cancellation_interval(self) -> int:
        """Milliseconds between two attempts to cancel a task."""
        return int(self._j_execution_config.getTaskCancellationInterval())

    def set_task_cancellation_interval(self, interval: int) -> ExecutionConfig:
        """Sets how often a task that is to be cancelled is interrupted again.

        Args:
            interval: milliseconds, by default 30,000.
        """
        self._j_execution_config.setTaskCancellationInterval(interval)
        return self

    def get_task_cancellation_timeout(self) -> int:
        """Milliseconds after which a task that does not let itself be cancelled is fatal."""
        return int(self._j_execution_config.getTaskCancellationTimeout())

    def set_task_cancellation_timeout(self, timeout: int) -> ExecutionConfig:
        """Sets after how long a task that does not let itself be cancelled is fatal.

        Args:
            timeout: milliseconds, by default 180,000; 0 for never.
        """
        self._j_execution_config.setTaskCancellationTimeout(timeout)
        return self

    # ---- operators

    def enable_closure_cleaner(self) -> ExecutionConfig:
        """Removes references that Java functions do not need before they are sent; the default."""
        self._j_execution_config.enableClosureCleaner()
        return self

    def disable_closure_cleaner(self) -> ExecutionConfig:
        """Sends Java functions with all that they refer to."""
        self._j_execution_config.disableClosureCleaner()
        return self

    def is_closure_cleaner_enabled(self) -> bool:
        """Whether references that Java functions do not need are removed."""
        return bool(self._j_execution_config.isClosureCleanerEnabled())

    def enable_auto_generated_uids(self) -> ExecutionConfig:
        """Lets Flink make the identifiers of operators that have none; the default."""
        self._j_execution_config.enableAutoGeneratedUIDs()
        return self

    def disable_auto_generated_uids(self) -> ExecutionConfig:
        """Refuses jobs with operators that have no ``uid``."""
        self._j_execution_config.disableAutoGeneratedUIDs()
        return self

    def has_auto_generated_uids_enabled(self) -> bool:
        """Whether operators without a ``uid`` are allowed."""
        return bool(self._j_execution_config.hasAutoGeneratedUIDsEnabled())

    def enable_object_reuse(self) -> ExecutionConfig:
        """Hands the same Java object from operator to operator, without a copy."""
        self._j_execution_config.enableObjectReuse()
        return self

    def disable_object_reuse(self) -> ExecutionConfig:
        """Copies Java objects between operators; the default."""
        self._j_execution_config.disableObjectReuse()
        return self

    def is_object_reuse_enabled(self) -> bool:
        """Whether the same Java object is handed from operator to operator."""
        return bool(self._j_execution_config.isObjectReuseEnabled())

    def is_use_snapshot_compression(self) -> bool:
        """Whether keyed state is compressed in checkpoints."""
        return bool(self._j_execution_config.isUseSnapshotCompression())

    def set_use_snapshot_compression(self, use_snapshot_compression: bool) -> ExecutionConfig:
        """Sets whether keyed state is compressed in checkpoints.

        Args:
            use_snapshot_compression: whether; by default not.
        """
        self._j_execution_config.setUseSnapshotCompression(use_snapshot_compression)
        return self

    # ---- parameters

    def get_global_job_parameters(self) -> dict[str, str]:
        """The parameters that the job hands to its functions and shows in the dashboard."""
        return _settings.get_all(self._j_execution_config.getGlobalJobParameters())

    def set_global_job_parameters(
        self, global_job_parameters_dict: Mapping[str, Any]
    ) -> ExecutionConfig:
        """Sets the parameters that the job hands to its functions and shows in the dashboard.

        Args:
            global_job_parameters_dict: names, and values of type str, bool, int or float.

        Raises:
            TypeError: if a value is none of these.
        """
        parameters = {
            name: _settings.as_text(value) for name, value in global_job_parameters_dict.items()
        }
        self._j_execution_config.setGlobalJobParameters(_settings.new_j_configuration(parameters))
        return self

    # ---- serialization in Java

    def enable_force_kryo(self) -> ExecutionConfig:
        """Serializes Java POJOs with Kryo too."""
        self._j_serializer_config.setForceKryo(True)
        return self

    def disable_force_kryo(self) -> ExecutionConfig:
        """Serializes Java POJOs with Flink's own serializer; the default."""
        self._j_serializer_config.setForceKryo(False)
        return self

    def is_force_kryo_enabled(self) -> bool:
        """Whether Java POJOs are serialized with Kryo."""
        return bool(self._j_serializer_config.isForceKryoEnabled())

    def enable_force_avro(self) -> ExecutionConfig:
        """Serializes Java POJOs with Avro."""
        self._j_serializer_config.setForceAvro(True)
        return self

    def disable_force_avro(self) -> ExecutionConfig:
        """Serializes Java POJOs with Flink's own serializer; the default."""
        self._j_serializer_config.setForceAvro(False)
        return self

    def is_force_avro_enabled(self) -> bool:
        """Whether Java POJOs are serialized with Avro."""
        return bool(self._j_serializer_config.isForceAvroEnabled())

    def enable_generic_types(self) -> ExecutionConfig:
        """Lets Kryo serialize Java types that Flink does not know; the default."""
        self._j_serializer_config.setGenericTypes(True)
        return self

    def disable_generic_types(self) -> ExecutionConfig:
        """Refuses jobs with Java types that only Kryo could serialize."""
        self._j_serializer_config.setGenericTypes(False)
        return self

    def has_generic_types_disabled(self) -> bool:
        """Whether jobs with Java types that only Kryo could serialize are refused."""
        return bool(self._j_serializer_config.hasGenericTypesDisabled())

    def add_default_kryo_serializer(
        self, type_class_name: str, serializer_class_name: str
    ) -> ExecutionConfig:
        """Gives Kryo a serializer for a Java class and its subclasses.

        Deprecated: use the setting ``pipeline.serialization-config``.

        Args:
            type_class_name: the full name of the class.
            serializer_class_name: the full name of the Kryo serializer.

        Raises:
            JavaClassNotFoundError: if one of them is on no class path.
        """
        deprecated("ExecutionConfig.add_default_kryo_serializer", _SERIALIZATION)
        self._j_serializer_config.addDefaultKryoSerializer(
            load_java_class(type_class_name), load_java_class(serializer_class_name)
        )
        return self

    def register_type_with_kryo_serializer(
        self, type_class_name: str, serializer_class_name: str
    ) -> ExecutionConfig:
        """Registers a Java class at Kryo, with a serializer for it.

        Deprecated: use the setting ``pipeline.serialization-config``.

        Args:
            type_class_name: the full name of the class.
            serializer_class_name: the full name of the Kryo serializer.

        Raises:
            JavaClassNotFoundError: if one of them is on no class path.
        """
        deprecated("ExecutionConfig.register_type_with_kryo_serializer", _SERIALIZATION)
        self._j_serializer_config.registerTypeWithKryoSerializer(
            load_java_class(type_class_name), load_java_class(serializer_class_name)
        )
        return self

    def register_pojo_type(self, type_class_name: str) -> ExecutionConfig:
        """Registers a Java class at the serializer of POJOs.

        Deprecated: use the setting ``pipeline.serialization-config``.

        Args:
            type_class_name: the full name of the class.

        Raises:
            JavaClassNotFoundError: if it is on no class path.
        """
        deprecated("ExecutionConfig.register_pojo_type", _SERIALIZATION)
        self._j_serializer_config.registerPojoType(load_java_class(type_class_name))
        return self

    def register_kryo_type(self, type_class_name: str) -> ExecutionConfig:
        """Registers a Java class at Kryo.

        Deprecated: use the setting ``pipeline.serialization-config``.

        Args:
            type_class_name: the full name of the class.

        Raises:
            JavaClassNotFoundError: if it is on no class path.
        """
        deprecated("ExecutionConfig.register_kryo_type", _SERIALIZATION)
        self._j_serializer_config.registerKryoType(load_java_class(type_class_name))
        return self

    def get_registered_types_with_kryo_serializer_classes(self) -> dict[str, str]:
        """The names of the Java classes that have a Kryo serializer, and of these serializers.

        Deprecated: see the setting ``pipeline.serialization-config``.
        """
        deprecated(
            "ExecutionConfig.get_registered_types_with_kryo_serializer_classes", _SERIALIZATION
        )
        return _names_of_pairs(
            self._j_serializer_config.getRegisteredTypesWithKryoSerializerClasses()
        )

    def get_default_kryo_serializer_classes(self) -> dict[str, str]:
        """The names of the Java classes with a default Kryo serializer, and of the serializers."""
        return _names_of_pairs(self._j_serializer_config.getDefaultKryoSerializerClasses())

    def get_registered_kryo_types(self) -> list[str]:
        """The names of the Java classes that are registered at Kryo."""
        return _names(self._j_serializer_config.getRegisteredKryoTypes())

    def get_registered_pojo_types(self) -> list[str]:
        """The names of the Java classes that are registered at the serializer of POJOs."""
        return _names(self._j_serializer_config.getRegisteredPojoTypes())

    # ---- what Flink 2 does not know any more

    def is_auto_type_registration_disabled(self) -> bool:
        """Whether ``disable_auto_type_registration`` was called."""
        without_effect("ExecutionConfig.is_auto_type_registration_disabled", _NO_AUTO_TYPES)
        return self._recall(_AUTO_TYPES, "true") == "false"

    def disable_auto_type_registration(self) -> ExecutionConfig:
        """Does nothing: Flink 2 never registers types at Kryo by itself."""
        without_effect("ExecutionConfig.disable_auto_type_registration", _NO_AUTO_TYPES)
        self._put({_AUTO_TYPES: "false"})
        return self

    def set_execution_mode(self, execution_mode: ExecutionMode) -> ExecutionConfig:
        """Does nothing but keep the value.

        Args:
            execution_mode: how Flink 1 exchanged data in batch programs.
        """
        without_effect("ExecutionConfig.set_execution_mode", _NO_EXECUTION_MODE)
        self._put({_EXECUTION_MODE: execution_mode.name})
        return self

    def get_execution_mode(self) -> ExecutionMode:
        """What ``set_execution_mode`` was given; PIPELINED by default."""
        without_effect("ExecutionConfig.get_execution_mode", _NO_EXECUTION_MODE)
        return ExecutionMode[self._recall(_EXECUTION_MODE, "PIPELINED")]

    def set_default_input_dependency_constraint(
        self, input_dependency_constraint: InputDependencyConstraint
    ) -> ExecutionConfig:
        """Does nothing but keep the value.

        Args:
            input_dependency_constraint: when Flink 1 started the consumers of a batch job.
        """
        without_effect("ExecutionConfig.set_default_input_dependency_constraint", _NO_DEPENDENCIES)
        self._put({_INPUT_DEPENDENCIES: input_dependency_constraint.name})
        return self

    def get_default_input_dependency_constraint(self) -> InputDependencyConstraint:
        """What ``set_default_input_dependency_constraint`` was given; ANY by default."""
        without_effect("ExecutionConfig.get_default_input_dependency_constraint", _NO_DEPENDENCIES)
        return InputDependencyConstraint[self._recall(_INPUT_DEPENDENCIES, "ANY")]

    # ---- below

    @property
    def _j_serializer_config(self) -> Any:
        return self._j_execution_config.getSerializerConfig()

    def _put(self, settings: Mapping[str, str | None]) -> None:
        _settings.put(self._j_execution_config, settings)

    def _recall(self, key: str, default: str) -> str:
        return _settings.get_all(self._j_execution_config).get(key, default)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ExecutionConfig) and bool(
            self._j_execution_config.equals(other._j_execution_config)
        )

    def __hash__(self) -> int:
        return int(self._j_execution_config.hashCode())


def _names(j_classes: Any) -> list[str]:
    return [j_class.getName() for j_class in j_classes]


def _names_of_pairs(j_classes: Any) -> dict[str, str]:
    return {
        j_class.getName(): j_serializer.getName() for j_class, j_serializer in j_classes.items()
    }
