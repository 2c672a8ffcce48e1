# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The settings of checkpoints."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Any

from pyflink._deprecation import deprecated, without_effect
from pyflink.common import _settings
from pyflink.common.time import Duration
from pyflink.datastream import checkpoint_storage
from pyflink.datastream.checkpoint_storage import CheckpointStorage, FileSystemCheckpointStorage
from pyflink.datastream.checkpointing_mode import CheckpointingMode
from pyflink.datastream.externalized_checkpoint_retention import ExternalizedCheckpointRetention
from pyflink.util.java_utils import to_j_duration

__all__ = ["CheckpointConfig", "ExternalizedCheckpointCleanup"]

_STORAGE = (
    "the settings 'execution.checkpointing.storage' and 'execution.checkpointing.dir' "
    "in the Configuration of the environment"
)
# Flink 2 does not read it: here it only remembers what a program has set.
_PREFER_CHECKPOINT = "execution.checkpointing.prefer-checkpoint-for-recovery"
_NEWEST = "Flink always restores the newest checkpoint or savepoint."


class ExternalizedCheckpointCleanup(Enum):
    """What becomes of the last checkpoint when the job ends.

    Deprecated: use ``ExternalizedCheckpointRetention``.
    """

    DELETE_ON_CANCELLATION = 0
    """It is deleted when the job is cancelled and kept when the job fails."""

    RETAIN_ON_CANCELLATION = 1
    """It is kept, also when the job is cancelled, and somebody has to delete it some day."""

    NO_EXTERNALIZED_CHECKPOINTS = 2
    """It is deleted in any case."""


class CheckpointConfig:
    """The settings of checkpoints; ``StreamExecutionEnvironment.get_checkpoint_config`` has them.

    Args:
        j_checkpoint_config: the Java ``CheckpointConfig``.

    Example:
        >>> from pyflink.datastream import StreamExecutionEnvironment
        >>> env = StreamExecutionEnvironment.get_execution_environment()
        >>> config = env.enable_checkpointing(60_000).get_checkpoint_config()
        >>> config.set_min_pause_between_checkpoints(30_000).is_checkpointing_enabled()
        True
    """

    DEFAULT_MODE = CheckpointingMode.EXACTLY_ONCE
    """What checkpoints guarantee."""

    DEFAULT_TIMEOUT = 10 * 60 * 1000
    """Milliseconds after which a checkpoint is given up."""

    DEFAULT_MIN_PAUSE_BETWEEN_CHECKPOINTS = 0
    """Milliseconds between the end of a checkpoint and the start of the next."""

    DEFAULT_MAX_CONCURRENT_CHECKPOINTS = 1
    """How many checkpoints may be under way."""

    def __init__(self, j_checkpoint_config: Any) -> None:
        self._j_checkpoint_config = j_checkpoint_config

    # ---- when

    def is_checkpointing_enabled(self) -> bool:
        """Whether checkpoints are taken."""
        return bool(self._j_checkpoint_config.isCheckpointingEnabled())

    def get_checkpointing_mode(self) -> CheckpointingMode:
        """What checkpoints guarantee: exactly once or at least once."""
        return CheckpointingMode._from_j_checkpointing_mode(
            self._j_checkpoint_config.getCheckpointingConsistencyMode()
        )

    def get_checkpointing_consistency_mode(self) -> CheckpointingMode:
        """What checkpoints guarantee: exactly once or at least once."""
        return self.get_checkpointing_mode()

    def set_checkpointing_mode(self, checkpointing_mode: CheckpointingMode) -> CheckpointConfig:
        """Sets what checkpoints guarantee.

        Args:
            checkpointing_mode: EXACTLY_ONCE or AT_LEAST_ONCE.
        """
        self._j_checkpoint_config.setCheckpointingConsistencyMode(
            checkpointing_mode._to_j_checkpointing_mode()
        )
        return self

    def get_checkpoint_interval(self) -> int:
        """Milliseconds between the starts of two checkpoints; -1 if there are none."""
        return int(self._j_checkpoint_config.getCheckpointInterval())

    def set_checkpoint_interval(self, checkpoint_interval: int) -> CheckpointConfig:
        """Sets how often a checkpoint is started.

        Args:
            checkpoint_interval: milliseconds, at least 10.
        """
        self._j_checkpoint_config.setCheckpointInterval(checkpoint_interval)
        return self

    def get_checkpoint_timeout(self) -> int:
        """Milliseconds after which a checkpoint is given up."""
        return int(self._j_checkpoint_config.getCheckpointTimeout())

    def set_checkpoint_timeout(self, checkpoint_timeout: int) -> CheckpointConfig:
        """Sets after how long a checkpoint is given up.

        Args:
            checkpoint_timeout: milliseconds, at least 10; by default 600,000.
        """
        self._j_checkpoint_config.setCheckpointTimeout(checkpoint_timeout)
        return self

    def get_min_pause_between_checkpoints(self) -> int:
        """Milliseconds between the end of a checkpoint and the start of the next."""
        return int(self._j_checkpoint_config.getMinPauseBetweenCheckpoints())

    def set_min_pause_between_checkpoints(
        self, min_pause_between_checkpoints: int
    ) -> CheckpointConfig:
        """Sets how long the job runs undisturbed after a checkpoint, whatever the interval is.

        Args:
            min_pause_between_checkpoints: milliseconds, by default 0.
        """
        self._j_checkpoint_config.setMinPauseBetweenCheckpoints(min_pause_between_checkpoints)
        return self

    def get_max_concurrent_checkpoints(self) -> int:
        """How many checkpoints may be under way."""
        return int(self._j_checkpoint_config.getMaxConcurrentCheckpoints())

    def set_max_concurrent_checkpoints(self, max_concurrent_checkpoints: int) -> CheckpointConfig:
        """Sets how many checkpoints may be under way.

        Args:
            max_concurrent_checkpoints: at least 1, the default.
        """
        self._j_checkpoint_config.setMaxConcurrentCheckpoints(max_concurrent_checkpoints)
        return self

    # ---- failures

    def get_tolerable_checkpoint_failure_number(self) -> int:
        """How many checkpoints in a row may fail before the job does."""
        return int(self._j_checkpoint_config.getTolerableCheckpointFailureNumber())

    def set_tolerable_checkpoint_failure_number(
        self, tolerable_checkpoint_failure_number: int
    ) -> CheckpointConfig:
        """Sets how many checkpoints in a row may fail before the job does.

        Args:
            tolerable_checkpoint_failure_number: at least 0, the default.
        """
        self._j_checkpoint_config.setTolerableCheckpointFailureNumber(
            tolerable_checkpoint_failure_number
        )
        return self

    def is_fail_on_checkpointing_errors(self) -> bool:
        """Whether the job fails with the first checkpoint that fails."""
        return self.get_tolerable_checkpoint_failure_number() == 0

    def set_fail_on_checkpointing_errors(
        self, fail_on_checkpointing_errors: bool
    ) -> CheckpointConfig:
        """Sets whether the job fails with the first checkpoint that fails, or never for that.

        Args:
            fail_on_checkpointing_errors: True for the first, the default.
        """
        return self.set_tolerable_checkpoint_failure_number(
            0 if fail_on_checkpointing_errors else 2**31 - 1
        )

    def is_prefer_checkpoint_for_recovery(self) -> bool:
        """What ``set_prefer_checkpoint_for_recovery`` was given; False by default."""
        without_effect("CheckpointConfig.is_prefer_checkpoint_for_recovery", _NEWEST)
        settings = _settings.get_all(self._j_checkpoint_config)
        return settings.get(_PREFER_CHECKPOINT) == "true"

    def set_prefer_checkpoint_for_recovery(
        self, prefer_checkpoint_for_recovery: bool
    ) -> CheckpointConfig:
        """Does nothing but keep the value.

        Args:
            prefer_checkpoint_for_recovery: whether Flink 1 preferred an older checkpoint to a
                newer savepoint.
        """
        without_effect("CheckpointConfig.set_prefer_checkpoint_for_recovery", _NEWEST)
        value = "true" if prefer_checkpoint_for_recovery else "false"
        _settings.put(self._j_checkpoint_config, {_PREFER_CHECKPOINT: value})
        return self

    # ---- what is left after the job

    def is_externalized_checkpoints_enabled(self) -> bool:
        """Whether checkpoints can outlive the job."""
        return bool(self._j_checkpoint_config.isExternalizedCheckpointsEnabled())

    def get_externalized_checkpoint_retention(self) -> ExternalizedCheckpointRetention:
        """What becomes of the last checkpoint when the job ends."""
        return ExternalizedCheckpointRetention._from_j_externalized_checkpoint_retention(
            self._j_checkpoint_config.getExternalizedCheckpointRetention()
        )

    def set_externalized_checkpoint_retention(
        self, retention_mode: ExternalizedCheckpointRetention
    ) -> CheckpointConfig:
        """Sets what becomes of the last checkpoint when the job ends.

        Args:
            retention_mode: by default it is deleted.
        """
        self._j_checkpoint_config.setExternalizedCheckpointRetention(
            retention_mode._to_j_externalized_checkpoint_retention()
        )
        return self

    def get_externalized_checkpoint_cleanup(self) -> ExternalizedCheckpointCleanup:
        """What becomes of the last checkpoint when the job ends.

        Deprecated: use :meth:`get_externalized_checkpoint_retention`.
        """
        deprecated(
            "CheckpointConfig.get_externalized_checkpoint_cleanup",
            "get_externalized_checkpoint_retention",
        )
        return ExternalizedCheckpointCleanup[self.get_externalized_checkpoint_retention().name]

    def set_externalized_checkpoint_cleanup(
        self, cleanup_mode: ExternalizedCheckpointCleanup
    ) -> CheckpointConfig:
        """Sets what becomes of the last checkpoint when the job ends.

        Deprecated: use :meth:`set_externalized_checkpoint_retention`.

        Args:
            cleanup_mode: by default it is deleted.
        """
        deprecated(
            "CheckpointConfig.set_externalized_checkpoint_cleanup",
            "set_externalized_checkpoint_retention",
        )
        return self._set_cleanup(cleanup_mode)

    def enable_externalized_checkpoints(
        self, cleanup_mode: ExternalizedCheckpointCleanup
    ) -> CheckpointConfig:
        """Sets what becomes of the last checkpoint when the job ends.

        Deprecated: use :meth:`set_externalized_checkpoint_retention`.

        Args:
            cleanup_mode: by default it is deleted.
        """
        deprecated(
            "CheckpointConfig.enable_externalized_checkpoints",
            "set_externalized_checkpoint_retention",
        )
        return self._set_cleanup(cleanup_mode)

    def _set_cleanup(
        self, cleanup_mode: ExternalizedCheckpointCleanup | ExternalizedCheckpointRetention
    ) -> CheckpointConfig:
        return self.set_externalized_checkpoint_retention(
            ExternalizedCheckpointRetention[cleanup_mode.name]
        )

    # ---- barriers that overtake records

    def is_unaligned_checkpoints_enabled(self) -> bool:
        """Whether barriers overtake buffered records, which then are part of the checkpoint."""
        return bool(self._j_checkpoint_config.isUnalignedCheckpointsEnabled())

    def enable_unaligned_checkpoints(self, enabled: bool = True) -> CheckpointConfig:
        """Sets whether barriers overtake buffered records, which then are part of the checkpoint.

        It makes checkpoints quick under backpressure, and is possible with EXACTLY_ONCE and one
        checkpoint at a time.

        Args:
            enabled: whether.
        """
        self._j_checkpoint_config.enableUnalignedCheckpoints(enabled)
        return self

    def disable_unaligned_checkpoints(self) -> CheckpointConfig:
        """Lets barriers stay behind the records that were sent before them; the default."""
        return self.enable_unaligned_checkpoints(False)

    def get_aligned_checkpoint_timeout(self) -> Duration:
        """How long barriers stay behind before they start to overtake."""
        return Duration(self._j_checkpoint_config.getAlignedCheckpointTimeout())

    def set_aligned_checkpoint_timeout(
        self, alignment_timeout: Duration | timedelta
    ) -> CheckpointConfig:
        """Sets how long barriers stay behind before they start to overtake.

        Args:
            alignment_timeout: 0, the default, lets them overtake at once. It matters if unaligned
                checkpoints are enabled.
        """
        self._j_checkpoint_config.setAlignedCheckpointTimeout(to_j_duration(alignment_timeout))
        return self

    def get_alignment_timeout(self) -> Duration:
        """How long barriers stay behind before they start to overtake.

        Deprecated: use :meth:`get_aligned_checkpoint_timeout`.
        """
        deprecated("CheckpointConfig.get_alignment_timeout", "get_aligned_checkpoint_timeout")
        return self.get_aligned_checkpoint_timeout()

    def set_alignment_timeout(self, alignment_timeout: Duration | timedelta) -> CheckpointConfig:
        """Sets how long barriers stay behind before they start to overtake.

        Deprecated: use :meth:`set_aligned_checkpoint_timeout`.

        Args:
            alignment_timeout: 0, the default, lets them overtake at once.
        """
        deprecated("CheckpointConfig.set_alignment_timeout", "set_aligned_checkpoint_timeout")
        return self.set_aligned_checkpoint_timeout(alignment_timeout)

    def is_force_unaligned_checkpoints(self) -> bool:
        """Whether barriers overtake buffered records even where Flink thinks it unsafe."""
        return bool(self._j_checkpoint_config.isForceUnalignedCheckpoints())

    def set_force_unaligned_checkpoints(
        self, force_unaligned_checkpoints: bool = True
    ) -> CheckpointConfig:
        """Sets whether barriers overtake buffered records even where Flink thinks it unsafe.

        Args:
            force_unaligned_checkpoints: whether.
        """
        self._j_checkpoint_config.setForceUnalignedCheckpoints(force_unaligned_checkpoints)
        return self

    # ---- where

    def set_checkpoint_storage(self, storage: CheckpointStorage) -> CheckpointConfig:
        """Sets where checkpoints are kept.

        Deprecated: set ``execution.checkpointing.storage`` and ``execution.checkpointing.dir`` in
        the Configuration of the environment.

        Args:
            storage: for example a ``FileSystemCheckpointStorage``.
        """
        deprecated("CheckpointConfig.set_checkpoint_storage", _STORAGE)
        _settings.put(self._j_checkpoint_config, checkpoint_storage._replacement(storage))
        return self

    def set_checkpoint_storage_dir(self, checkpoint_path: str) -> CheckpointConfig:
        """Keeps checkpoints in a folder.

        Deprecated: set ``execution.checkpointing.dir`` in the Configuration of the environment.

        Args:
            checkpoint_path: a URI such as ``file:///checkpoints``.
        """
        deprecated("CheckpointConfig.set_checkpoint_storage_dir", _STORAGE)
        storage = FileSystemCheckpointStorage(checkpoint_path)
        _settings.put(self._j_checkpoint_config, checkpoint_storage._replacement(storage))
        return self

    def get_checkpoint_storage(self) -> CheckpointStorage | None:
        """Where checkpoints are kept; None if the cluster's configuration decides.

        Deprecated: see ``execution.checkpointing.storage`` and ``execution.checkpointing.dir``.
        """
        deprecated("CheckpointConfig.get_checkpoint_storage", _STORAGE)
        return checkpoint_storage._from_configuration(
            _settings.get_all(self._j_checkpoint_config),
            self._j_checkpoint_config.toConfiguration(),
        )
