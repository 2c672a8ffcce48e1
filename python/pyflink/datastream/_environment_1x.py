# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the environment had in Flink 1 and Flink 2 has given up; it works on Flink 2 here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pyflink._deprecation import deprecated
from pyflink.common import _settings
from pyflink.common.execution_config import ExecutionConfig
from pyflink.common.restart_strategy import _from_configuration, _replacement
from pyflink.common.watermark_strategy import WatermarkStrategy
from pyflink.datastream import connectors
from pyflink.datastream.data_stream import DataStream
from pyflink.datastream.time_characteristic import TimeCharacteristic

if TYPE_CHECKING:
    from pyflink.common.restart_strategy import RestartStrategyConfiguration
    from pyflink.datastream.state_backend import StateBackend

_AUTO_WATERMARK_INTERVAL = "pipeline.auto-watermark-interval"


class Environment1x:
    """The methods of the environment that Flink 2 no longer has."""

    _j_stream_execution_environment: Any
    _time_characteristic = TimeCharacteristic.EventTime
    _state_backend: StateBackend | None = None

    def get_config(self) -> ExecutionConfig:
        """The settings that hold for every job of this environment."""
        return ExecutionConfig(self._j_stream_execution_environment.getConfig())

    # ---- restarts

    def set_restart_strategy(
        self, restart_strategy_configuration: RestartStrategyConfiguration
    ) -> None:
        """Sets what happens after a failure.

        Deprecated: set ``restart-strategy.type`` and its siblings in the ``Configuration``.

        Args:
            restart_strategy_configuration: one of ``RestartStrategies``.
        """
        deprecated(
            "StreamExecutionEnvironment.set_restart_strategy", "the setting restart-strategy.type"
        )
        present = _settings.get_all(self._j_stream_execution_environment.getConfig())
        self._put(_replacement(restart_strategy_configuration, present))

    def get_restart_strategy(self) -> RestartStrategyConfiguration | None:
        """What happens after a failure."""
        return _from_configuration(
            _settings.get_all(self._j_stream_execution_environment.getConfig())
        )

    # ---- state

    def set_state_backend(self, state_backend: StateBackend) -> Environment1x:
        """Sets where keyed state lives.

        Deprecated: set ``state.backend.type`` in the ``Configuration``.

        Args:
            state_backend: for example ``HashMapStateBackend()``.
        """
        deprecated("StreamExecutionEnvironment.set_state_backend", "the setting state.backend.type")
        self._put(state_backend._to_configuration())
        self._state_backend = state_backend
        return self

    def get_state_backend(self) -> StateBackend | None:
        """The backend that :meth:`set_state_backend` has set; None if it has not been called."""
        return self._state_backend

    # ---- time

    def set_stream_time_characteristic(self, characteristic: TimeCharacteristic) -> None:
        """Sets which time the program goes by.

        Deprecated: every operator says which time it goes by. What is left is that
        ``ProcessingTime`` switches periodic watermarks off, and the others back on.

        Args:
            characteristic: the time.
        """
        deprecated(
            "StreamExecutionEnvironment.set_stream_time_characteristic",
            "a window or timer of the time that is meant; event time is always there",
        )
        self._time_characteristic = characteristic
        with_watermarks = characteristic is not TimeCharacteristic.ProcessingTime
        self._put({_AUTO_WATERMARK_INTERVAL: "200 ms" if with_watermarks else "0 ms"})

    def get_stream_time_characteristic(self) -> TimeCharacteristic:
        """Which time the program goes by."""
        return self._time_characteristic

    # ---- sources

    def read_text_file(self, file_path: str, charset_name: str = "UTF-8") -> DataStream:
        """A stream of the lines of a text file, or of all files in a folder.

        Deprecated: use ``FileSource.for_record_stream_format(StreamFormat.text_line_format(),
        path)``.

        Args:
            file_path: a path or URI.
            charset_name: how the text is encoded.

        Raises:
            TypeError: if the path is no path.
            ValueError: if the path is empty or a pattern, or Java does not know the encoding.
            JavaError: when the job runs, if there is no such file.
        """
        deprecated(
            "StreamExecutionEnvironment.read_text_file",
            "from_source with a FileSource of StreamFormat.text_line_format()",
        )
        lines = connectors.StreamFormat.text_line_format(charset_name)
        source = connectors.FileSource.for_record_stream_format(lines, file_path).build()
        return DataStream(
            self._j_stream_execution_environment.fromSource(
                source.get_java_function(),
                WatermarkStrategy.no_watermarks()._j_watermark_strategy,
                "Text File Source",
            )
        )

    # ---- serializers

    def add_default_kryo_serializer(self, type_class_name: str, serializer_class_name: str) -> None:
        """Sets the Kryo serializer of a Java class and of the classes derived from it.

        Deprecated: set ``pipeline.serialization-config``.

        Args:
            type_class_name: the full name of the class.
            serializer_class_name: the full name of its serializer.
        """
        self.get_config().add_default_kryo_serializer(type_class_name, serializer_class_name)

    def register_type_with_kryo_serializer(
        self, type_class_name: str, serializer_class_name: str
    ) -> None:
        """Sets the Kryo serializer of a Java class.

        Deprecated: set ``pipeline.serialization-config``.

        Args:
            type_class_name: the full name of the class.
            serializer_class_name: the full name of its serializer.
        """
        self.get_config().register_type_with_kryo_serializer(type_class_name, serializer_class_name)

    def register_type(self, type_class_name: str) -> None:
        """Registers a Java class, so that it is written with a short tag instead of its name.

        Deprecated: set ``pipeline.serialization-config``.

        Args:
            type_class_name: the full name of the class.
        """
        self.get_config().register_pojo_type(type_class_name)

    def _put(self, settings: Mapping[str, str | None]) -> None:
        _settings.put(self._j_stream_execution_environment.getConfig(), settings)
