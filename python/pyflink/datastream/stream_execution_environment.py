# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where a program starts: the environment in which it is built and run."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyflink._gateway import HeldInterrupts, hide_frames, java_class, start_with_cluster
from pyflink._graph import prepare_workers
from pyflink._submit.target import (
    DEFAULTS,
    Elsewhere,
    is_anything_set,
    target_settings,
)
from pyflink._submit.target import KEY as TARGET
from pyflink.common import _settings
from pyflink.common.configuration import Configuration
from pyflink.common.job_client import JobClient
from pyflink.common.job_execution_result import JobExecutionResult
from pyflink.common.typeinfo import TypeInformation, Types
from pyflink.common.watermark_strategy import WatermarkStrategy
from pyflink.datastream._arguments import expect
from pyflink.datastream._assigned_source import AssignedSource
from pyflink.datastream._collection import collection_source
from pyflink.datastream._environment_1x import Environment1x
from pyflink.datastream._environment_files import EnvironmentFiles
from pyflink.datastream._jobs import cancel, follow, wait_for
from pyflink.datastream.checkpoint_config import CheckpointConfig
from pyflink.datastream.checkpointing_mode import CheckpointingMode
from pyflink.datastream.connectors.base import Source
from pyflink.datastream.data_stream import DataStream
from pyflink.datastream.execution_mode import RuntimeExecutionMode
from pyflink.datastream.functions import SourceFunction
from pyflink.datastream.slot_sharing_group import SlotSharingGroup

if TYPE_CHECKING:
    from pyflink._submit.following import Following
    from pyflink.common.io import InputFormat

__all__ = ["StreamExecutionEnvironment"]

_ENVIRONMENTS = "io.flinker.gateway.Environments"
_DEFAULT_JOB_NAME = "Flink Streaming Job"
_JOB_NAME = "pipeline.name"
_DETACHED_RESULT = "org.apache.flink.core.execution.DetachedJobExecutionResult"


class StreamExecutionEnvironment(Environment1x, EnvironmentFiles):
    """The environment in which a program is built and run.

    Made by :meth:`get_execution_environment`. It offers sources, keeps the settings of the job, and
    runs it with :meth:`execute`.

    Args:
        j_stream_execution_environment: the Java ``StreamExecutionEnvironment``.
        serializer: kept for programs that pass one; what travels pickled is pickled by Flinker.
    """

    def __init__(self, j_stream_execution_environment: Any, serializer: Any = None) -> None:
        self._j_stream_execution_environment = j_stream_execution_environment
        self.serializer = serializer

    @staticmethod
    def get_execution_environment(
        configuration: Configuration | None = None,
    ) -> StreamExecutionEnvironment:
        """An environment on the embedded cluster of this process, or on the one that is wanted.

        Another cluster is wanted by the setting ``flinker.target`` (``http://host:8081``), by the
        environment variable FLINKER_TARGET, or by ``flinker submit --target``. Without one, the
        first call starts the JVM; the cluster starts in the background while the program goes on.
        Settings of the cluster (``rest.port``, ``taskmanager.numberOfTaskSlots`` ...) are taken
        from the configuration when the cluster starts, or when it is idle and they differ.

        Args:
            configuration: settings of Flink; those in ``FLINK_CONF_DIR``, if that is set, come
                below them.

        Raises:
            GatewayError: if no JVM can be started.
            JavaError: if the configuration is refused.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> stream = env.from_collection(["a", "b"], Types.STRING())
            >>> list(stream.execute_and_collect())
            ['a', 'b']
        """
        if configuration is not None:
            expect(
                configuration,
                Configuration,
                "get_execution_environment(): the configuration",
                "Configuration.from_dict({'parallelism.default': 2})",
            )
        elif not is_anything_set():
            start_with_cluster()
            return StreamExecutionEnvironment(java_class(_ENVIRONMENTS).create())
        j_settings = _settings.new_j_configuration(DEFAULTS)
        if configuration is not None:
            j_settings.addAll(configuration._j_configuration)
        _settings.put(j_settings, target_settings(_settings.get_all(j_settings)))
        return StreamExecutionEnvironment(java_class(_ENVIRONMENTS).create(j_settings))

    @staticmethod
    def create_remote_environment(
        host: str, port: int = 8081, configuration: Configuration | None = None
    ) -> StreamExecutionEnvironment:
        """An environment on a cluster that runs elsewhere.

        Jobs take along all that they need: the engine, the worker, the modules that the program
        imports, and what ``add_python_file`` and its siblings name. On the cluster there need be
        nothing but Flink and a Python of this program's minor version.

        Args:
            host: where its REST interface listens, which is where its dashboard is.
            port: its port.
            configuration: settings of Flink.

        Raises:
            ValueError: if they make no address.
            GatewayError: if no JVM can be started.
        """
        settings = Configuration() if configuration is None else Configuration(configuration)
        settings.set_string(TARGET, f"http://{host}:{port}")
        return StreamExecutionEnvironment.get_execution_environment(settings)

    # ---- parallelism and scheduling

    def set_parallelism(self, parallelism: int) -> StreamExecutionEnvironment:
        """Sets how many instances of each operator run where the operator itself does not say.

        Args:
            parallelism: at least 1. Without it, the number of processors.
        """
        self._j_stream_execution_environment.setParallelism(parallelism)
        return self

    def get_parallelism(self) -> int:
        """How many instances of each operator run where the operator itself does not say."""
        return int(self._j_stream_execution_environment.getParallelism())

    def set_max_parallelism(self, max_parallelism: int) -> StreamExecutionEnvironment:
        """Sets how far the job can be rescaled.

        Args:
            max_parallelism: the number of key groups, 1 to 32768.
        """
        self._j_stream_execution_environment.setMaxParallelism(max_parallelism)
        return self

    def get_max_parallelism(self) -> int:
        """How far the job can be rescaled; -1 if Flink decides."""
        return int(self._j_stream_execution_environment.getMaxParallelism())

    def set_default_local_parallelism(self, parallelism: int) -> None:
        """Sets the parallelism of environments that are made from now on.

        Args:
            parallelism: at least 1.
        """
        self._j_stream_execution_environment.setDefaultLocalParallelism(parallelism)

    def get_default_local_parallelism(self) -> int:
        """The parallelism of new environments; the number of processors if nobody has set it."""
        return int(self._j_stream_execution_environment.getDefaultLocalParallelism())

    def set_runtime_mode(self, execution_mode: RuntimeExecutionMode) -> StreamExecutionEnvironment:
        """Sets whether the job runs as a stream or as a batch.

        Args:
            execution_mode: STREAMING (the default), BATCH, or AUTOMATIC: a batch if all sources
                are bounded.
        """
        self._j_stream_execution_environment.setRuntimeMode(execution_mode._to_j_execution_mode())
        return self

    def set_buffer_timeout(self, timeout_millis: int) -> StreamExecutionEnvironment:
        """Sets how long a record may wait in a network buffer.

        Args:
            timeout_millis: milliseconds, by default 100; 0 sends each record at once, -1 only full
                buffers.
        """
        self._j_stream_execution_environment.setBufferTimeout(timeout_millis)
        return self

    def get_buffer_timeout(self) -> int:
        """How long a record may wait in a network buffer, in milliseconds."""
        return int(self._j_stream_execution_environment.getBufferTimeout())

    def disable_operator_chaining(self) -> StreamExecutionEnvironment:
        """Runs every operator in a task of its own."""
        self._j_stream_execution_environment.disableOperatorChaining()
        return self

    def is_chaining_enabled(self) -> bool:
        """Whether operators may share a task."""
        return bool(self._j_stream_execution_environment.isChainingEnabled())

    def is_chaining_of_operators_with_different_max_parallelism_enabled(self) -> bool:
        """Whether operators that can be rescaled differently far may share a task."""
        j_env = self._j_stream_execution_environment
        return bool(j_env.isChainingOfOperatorsWithDifferentMaxParallelismEnabled())

    def register_slot_sharing_group(
        self, slot_sharing_group: SlotSharingGroup
    ) -> StreamExecutionEnvironment:
        """Declares the resources of a slot sharing group that operators name.

        Args:
            slot_sharing_group: the group with its resources.
        """
        self._j_stream_execution_environment.registerSlotSharingGroup(
            slot_sharing_group.get_java_slot_sharing_group()
        )
        return self

    # ---- checkpoints and state

    def enable_checkpointing(
        self, interval: int, mode: CheckpointingMode | None = None
    ) -> StreamExecutionEnvironment:
        """Takes a checkpoint of the job regularly, from which it restarts after a failure.

        Args:
            interval: milliseconds between the starts of two checkpoints.
            mode: EXACTLY_ONCE (the default) or AT_LEAST_ONCE.
        """
        if mode is None:
            self._j_stream_execution_environment.enableCheckpointing(interval)
        else:
            expect(
                mode,
                CheckpointingMode,
                "enable_checkpointing(): the mode",
                "CheckpointingMode.EXACTLY_ONCE",
            )
            self._j_stream_execution_environment.enableCheckpointing(
                interval, mode._to_j_checkpointing_mode()
            )
        return self

    def get_checkpoint_config(self) -> CheckpointConfig:
        """The settings of checkpoints."""
        return CheckpointConfig(self._j_stream_execution_environment.getCheckpointConfig())

    def get_checkpoint_interval(self) -> int:
        """Milliseconds between the starts of two checkpoints; -1 if there are none."""
        return int(self._j_stream_execution_environment.getCheckpointInterval())

    def get_checkpointing_mode(self) -> CheckpointingMode:
        """What checkpoints guarantee: exactly once or at least once."""
        return self.get_checkpoint_config().get_checkpointing_mode()

    def get_checkpointing_consistency_mode(self) -> CheckpointingMode:
        """What checkpoints guarantee: exactly once or at least once."""
        return self.get_checkpoint_config().get_checkpointing_consistency_mode()

    def is_unaligned_checkpoints_enabled(self) -> bool:
        """Whether checkpoints overtake buffered records."""
        return bool(self._j_stream_execution_environment.isUnalignedCheckpointsEnabled())

    def is_force_unaligned_checkpoints(self) -> bool:
        """Whether checkpoints overtake buffered records even where that is unsafe."""
        return bool(self._j_stream_execution_environment.isForceUnalignedCheckpoints())

    def enable_changelog_state_backend(self, enabled: bool) -> StreamExecutionEnvironment:
        """Writes state changes to a log all the time, so that checkpoints have less to write.

        Args:
            enabled: whether to.
        """
        self._j_stream_execution_environment.enableChangelogStateBackend(enabled)
        return self

    def is_changelog_state_backend_enabled(self) -> bool | None:
        """Whether state changes are logged; None if nobody has said."""
        j_answer = self._j_stream_execution_environment.isChangelogStateBackendEnabled()
        j_boolean = j_answer.getAsBoolean()
        return None if j_boolean is None else bool(j_boolean)

    def set_default_savepoint_directory(self, directory: str) -> StreamExecutionEnvironment:
        """Sets where savepoints go when the one who triggers them does not say.

        Args:
            directory: a URI such as ``file:///savepoints``.
        """
        self._j_stream_execution_environment.setDefaultSavepointDirectory(directory)
        return self

    def get_default_savepoint_directory(self) -> str | None:
        """Where savepoints go when the one who triggers them does not say."""
        j_path = self._j_stream_execution_environment.getDefaultSavepointDirectory()
        return None if j_path is None else str(j_path.toString())

    def configure(self, configuration: Configuration) -> None:
        """Takes over settings of the job: all keys that are set replace what was set before.

        Args:
            configuration: settings of Flink.
        """
        java_class(_ENVIRONMENTS).configure(
            self._j_stream_execution_environment, configuration._j_configuration
        )

    # ---- sources

    def from_collection(
        self, collection: Iterable[Any], type_info: TypeInformation | None = None
    ) -> DataStream:
        """A stream of the values of a list or of anything that can be iterated over.

        Args:
            collection: the values; they travel with the job.
            type_info: the type of the values. Without one they travel as Python objects.

        Raises:
            ValueMismatchError: if a value does not fit the type; it names the index, the field, the
                type and the value.

        Example:
            >>> from pyflink.common import Types
            >>> from pyflink.datastream import StreamExecutionEnvironment
            >>> env = StreamExecutionEnvironment.get_execution_environment()
            >>> rows = env.from_collection([(1, "a")], Types.ROW([Types.INT(), Types.STRING()]))
            >>> list(rows.execute_and_collect())
            [Row(f0=1, f1='a')]
        """
        if type_info is None:
            type_info = Types.PICKLED_BYTE_ARRAY()
        expect(type_info, TypeInformation, "from_collection(): the type_info", "Types.INT()")
        return DataStream(
            collection_source(self._j_stream_execution_environment, collection, type_info)
        )

    def from_source(
        self,
        source: Source,
        watermark_strategy: WatermarkStrategy,
        source_name: str,
        type_info: TypeInformation | None = None,
    ) -> DataStream:
        """A stream of the records of a source.

        Args:
            source: for example a ``FileSource`` or a ``KafkaSource``.
            watermark_strategy: timestamps and watermarks; ``WatermarkStrategy.no_watermarks()`` for
                none. A timestamp assigner runs right after the source.
            source_name: the name of the operator.
            type_info: the type of the records, where the source does not know it.
        """
        expect(
            source,
            Source,
            "from_source(): the source",
            "NumberSequenceSource(1, 10); a SourceFunction goes to add_source()",
        )
        expect(
            watermark_strategy,
            WatermarkStrategy,
            "from_source(): the watermark_strategy",
            "WatermarkStrategy.no_watermarks()",
        )
        j_strategy = watermark_strategy._j_watermark_strategy
        assigned = watermark_strategy._timestamp_assigner is not None
        # Sources are aligned by the timestamps that they know themselves.
        if assigned and not j_strategy.getAlignmentParameters().isEnabled():
            j_strategy = WatermarkStrategy.no_watermarks()._j_watermark_strategy
        arguments = [source.get_java_function(), j_strategy, source_name]
        if type_info is not None:
            arguments.append(type_info.get_java_type_info())
        stream = DataStream(self._j_stream_execution_environment.fromSource(*arguments))
        if not assigned:
            return stream
        timed = stream.assign_timestamps_and_watermarks(watermark_strategy)
        return AssignedSource(timed._j_data_stream, stream._j_data_stream)

    def add_source(
        self,
        source_func: SourceFunction,
        source_name: str = "Custom Source",
        type_info: TypeInformation | None = None,
    ) -> DataStream:
        """A stream of the records of a source of the older kind.

        Args:
            source_func: for example ``SourceFunction("java.class.Name")``.
            source_name: the name of the operator.
            type_info: the type of the records, where the source does not know it.
        """
        expect(
            source_func,
            SourceFunction,
            "add_source(): the source",
            "SourceFunction('the.java.ClassName'); a Source goes to from_source()",
        )
        arguments = [source_func.get_java_function(), source_name]
        if type_info is not None:
            arguments.append(type_info.get_java_type_info())
        return DataStream(self._j_stream_execution_environment.addSource(*arguments))

    def create_input(
        self, input_format: InputFormat, type_info: TypeInformation | None = None
    ) -> DataStream:
        """A stream of the records of a Java ``InputFormat``.

        Args:
            input_format: the format.
            type_info: the type of the records, where the format does not know it.
        """
        arguments = [input_format.get_java_object()]
        if type_info is not None:
            arguments.append(type_info.get_java_type_info())
        return DataStream(self._j_stream_execution_environment.createInput(*arguments))

    # ---- running

    def execute(self, job_name: str | None = None) -> JobExecutionResult:
        """Runs the job and waits for its end.

        An interrupt (Ctrl-C, a notebook's stop button) cancels the job; one on a cluster elsewhere
        goes on, and how to cancel it is shown.

        Python functions run in worker processes. To debug them, set ``flinker.debug`` to ``true``
        in the configuration, or the environment variable ``FLINKER_DEBUG=1``: then they run in this
        process, one at a time, in the thread that waits for the job, and ``breakpoint()`` stops in
        them. (A job of :meth:`execute_async` goes on only while its result is waited for, one of
        ``execute_and_collect`` while its results are iterated over; ``set_python_executable`` has
        no effect. PyFlink's ``python.execution-mode`` is accepted: its ``process`` and ``thread``
        are both the workers.)

        Args:
            job_name: shown in the dashboard and the logs.

        Raises:
            Exception: whatever a Python function has raised, if the job fails of it: of the same
                class, with the frames that it had there. The :class:`JavaError` at the end of its
                ``__cause__`` chain knows the Java trace.
            JavaError: if the job fails otherwise; a ``py4j.protocol.Py4JJavaError`` too. The Java
                trace is in its ``java_trace``.
            JobCancelledError: if somebody else cancels the job.
        """
        __tracebackhide__ = True
        try:
            held = HeldInterrupts()
            j_job_client, elsewhere, following = self._start(job_name, held)
            if elsewhere is not None and elsewhere.detached:
                return JobExecutionResult(java_class(_DETACHED_RESULT)(j_job_client.getJobID()))
            return JobExecutionResult(wait_for(j_job_client, held, following))
        except BaseException as e:
            raise hide_frames(e)

    def execute_async(self, job_name: str = _DEFAULT_JOB_NAME) -> JobClient:
        """Starts the job and returns while it runs.

        Args:
            job_name: shown in the dashboard and the logs.

        Returns:
            A client to ask for its state and result, to cancel it, and to take savepoints. The
            job ends with this process.
        """
        held = HeldInterrupts()
        j_job_client, *_ = self._start(job_name, held)
        try:
            held.deliver()
        except KeyboardInterrupt:
            cancel(j_job_client)
            raise
        return JobClient(j_job_client)

    def _start(
        self, job_name: str | None, held: HeldInterrupts
    ) -> tuple[Any, Elsewhere | None, Following | None]:
        """The Java client of the job that has been started; its cluster if it is elsewhere.

        Args:
            job_name: the job's name, or None.
            held: holds an interrupt until a job that runs here has a client to cancel it by.
        """
        elsewhere = prepare_workers(self._j_stream_execution_environment)
        name = job_name or DEFAULTS.get(_JOB_NAME) or _DEFAULT_JOB_NAME
        # what is submitted elsewhere can take long, and goes on there in any case
        with held if elsewhere is None else contextlib.nullcontext():
            j_job_client = self._j_stream_execution_environment.executeAsync(name)
        following = None if elsewhere is None else follow(j_job_client, name, elsewhere)
        return j_job_client, elsewhere, following

    def get_execution_plan(self) -> str:
        """The plan of the job as JSON, for a visualizer; the job is not run."""
        return str(self._j_stream_execution_environment.getExecutionPlan())

    def close(self) -> None:
        """Lets go of what the environment holds; jobs that run go on."""
        self._j_stream_execution_environment.close()


DataStream._wrap_environment = StreamExecutionEnvironment
