# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Into which part files a file sink writes: buckets, rolling and names."""

from __future__ import annotations

from typing import Any

from pyflink._deprecation import deprecated
from pyflink._gateway import java_class, new_instance
from pyflink._gateway.errors import JavaError
from pyflink.common.utils import JavaObjectWrapper
from pyflink.datastream.connectors._arguments import instance_of, positive

_SINK = "org.apache.flink.streaming.api.functions.sink.filesystem"
_PART_SIZE = 1024 * 1024 * 128
_MINUTE = 60 * 1000


class BucketAssigner(JavaObjectWrapper):
    """Says into which folder below the sink's path a record goes.

    Args:
        j_bucket_assigner: the Java ``BucketAssigner``.
    """

    def __init__(self, j_bucket_assigner: Any) -> None:
        super().__init__(j_bucket_assigner)

    @staticmethod
    def base_path_bucket_assigner() -> BucketAssigner:
        """All files go into the sink's path itself.

        Examples:
            >>> assigner = BucketAssigner.base_path_bucket_assigner()
        """
        return BucketAssigner(
            java_class(f"{_SINK}.bucketassigners.BasePathBucketAssigner")(),
        )

    @staticmethod
    def date_time_bucket_assigner(
        format_str: str = "yyyy-MM-dd--HH", timezone_id: str | None = None
    ) -> BucketAssigner:
        """Every record goes into the folder of the time at which it is written.

        Args:
            format_str: the folder's name, in the letters of Java's ``DateTimeFormatter``.
            timezone_id: the time zone, such as ``Europe/Berlin``; by default the system's.

        Raises:
            ValueError: if the format or the time zone is not one that Java knows.

        Examples:
            >>> assigner = BucketAssigner.date_time_bucket_assigner("yyyy-MM-dd", "UTC")
        """
        formatter = java_class("java.time.format.DateTimeFormatter")
        try:
            formatter.ofPattern(format_str)
        except JavaError as e:
            raise ValueError(
                f"{format_str!r} is not a format for dates and times ({e.java_message}); write "
                "for example 'yyyy-MM-dd--HH'."
            ) from e
        zones = java_class("java.time.ZoneId")
        try:
            zone = zones.systemDefault() if timezone_id is None else zones.of(timezone_id)
        except JavaError as e:
            raise ValueError(
                f"{timezone_id!r} is not a time zone that Java knows; write for example 'UTC', "
                "'Europe/Berlin' or '+02:00'."
            ) from e
        assigner = java_class(f"{_SINK}.bucketassigners.DateTimeBucketAssigner")
        return BucketAssigner(assigner(format_str, zone))


def java_bucket_assigner(assigner: BucketAssigner | str | None) -> Any:
    """The Java assigner; 1.12 named its class instead."""
    if isinstance(assigner, str):
        return new_instance(assigner)
    return instance_of(assigner, BucketAssigner, "The bucket assigner").get_java_object()


def java_rolling_policy(policy: RollingPolicy, *, bulk: bool = False) -> Any:
    """The Java policy.

    Raises:
        TypeError: if it is no policy, or one that a bulk format cannot have.
    """
    policy = instance_of(policy, RollingPolicy, "The rolling policy")
    if bulk and isinstance(policy, DefaultRollingPolicy):
        raise TypeError(
            "Files of a bulk format are finished at every checkpoint: use "
            "RollingPolicy.on_checkpoint_rolling_policy(), not a default_rolling_policy()."
        )
    return policy.get_java_object()


class RollingPolicy(JavaObjectWrapper):
    """Says when a part file is finished and the next one begins.

    Args:
        j_rolling_policy: the Java ``RollingPolicy``.
    """

    def __init__(self, j_rolling_policy: Any) -> None:
        super().__init__(j_rolling_policy)

    @property
    def j_policy(self) -> Any:
        """The Java policy, under its name in 1.12."""
        return self._j_object

    @staticmethod
    def default_rolling_policy(
        part_size: int = _PART_SIZE,
        rollover_interval: int = _MINUTE,
        inactivity_interval: int = _MINUTE,
    ) -> DefaultRollingPolicy:
        """By size and by time, whatever comes first.

        Args:
            part_size: the size in bytes from which a file is finished.
            rollover_interval: how long in milliseconds a file may be open.
            inactivity_interval: how long in milliseconds a file may be open with nothing written.

        Raises:
            TypeError: if one of them is no whole number.
            ValueError: if one of them is 0 or less.

        Examples:
            >>> policy = RollingPolicy.default_rolling_policy(part_size=1024**3)
        """
        part_size = positive(part_size, "part_size")
        rollover_interval = positive(rollover_interval, "rollover_interval")
        inactivity_interval = positive(inactivity_interval, "inactivity_interval")
        # every method of the Java builder makes another one
        builder = java_class(f"{_SINK}.rollingpolicies.DefaultRollingPolicy").builder()
        builder = builder.withMaxPartSize(part_size).withRolloverInterval(rollover_interval)
        return DefaultRollingPolicy(builder.withInactivityInterval(inactivity_interval).build())

    @staticmethod
    def on_checkpoint_rolling_policy() -> OnCheckpointRollingPolicy:
        """At every checkpoint, and only then.

        Examples:
            >>> policy = RollingPolicy.on_checkpoint_rolling_policy()
        """
        return OnCheckpointRollingPolicy(
            java_class(f"{_SINK}.rollingpolicies.OnCheckpointRollingPolicy").build()
        )


class DefaultRollingPolicy(RollingPolicy):
    """Rolls by size and by time; see :meth:`RollingPolicy.default_rolling_policy`.

    Args:
        j_rolling_policy: the Java ``DefaultRollingPolicy``.
    """

    class PolicyBuilder:
        """Collects the settings of a policy."""

        def __init__(self) -> None:
            self.part_size = _PART_SIZE
            self.rollover_interval = _MINUTE
            self.inactivity_interval = _MINUTE

        def with_max_part_size(self, size: int) -> DefaultRollingPolicy.PolicyBuilder:
            """Sets the size in bytes from which a file is finished; 128 MiB without."""
            self.part_size = positive(size, "size")
            return self

        def with_inactivity_interval(self, interval: int) -> DefaultRollingPolicy.PolicyBuilder:
            """Sets how many milliseconds a file may be open unwritten; 60,000 without."""
            self.inactivity_interval = positive(interval, "interval")
            return self

        def with_rollover_interval(self, interval: int) -> DefaultRollingPolicy.PolicyBuilder:
            """Sets how many milliseconds a file may be open; 60,000 without."""
            self.rollover_interval = positive(interval, "interval")
            return self

        def build(self) -> DefaultRollingPolicy:
            """The policy."""
            return RollingPolicy.default_rolling_policy(
                self.part_size, self.rollover_interval, self.inactivity_interval
            )

    def __init__(self, j_rolling_policy: Any) -> None:
        super().__init__(j_rolling_policy)

    @staticmethod
    def builder() -> DefaultRollingPolicy.PolicyBuilder:
        """Collects the settings of a policy, in the way of 1.12.

        Deprecated: use :meth:`RollingPolicy.default_rolling_policy`.
        """
        deprecated("DefaultRollingPolicy.builder()", "RollingPolicy.default_rolling_policy(...)")
        return DefaultRollingPolicy.PolicyBuilder()


class OnCheckpointRollingPolicy(RollingPolicy):
    """Rolls at every checkpoint; see :meth:`RollingPolicy.on_checkpoint_rolling_policy`.

    Args:
        j_rolling_policy: the Java ``OnCheckpointRollingPolicy``.
    """

    def __init__(self, j_rolling_policy: Any) -> None:
        super().__init__(j_rolling_policy)


class OutputFileConfig(JavaObjectWrapper):
    """The beginning and the end of the names of part files.

    Args:
        part_prefix: what a name starts with; ``part`` where a sink has no config.
        part_suffix: what a name ends with, such as ``.txt``; nothing where a sink has no config.

    Raises:
        TypeError: if one of them is no string.

    Examples:
        >>> config = OutputFileConfig("orders", ".csv")
        >>> config.get_part_prefix(), config.get_part_suffix()
        ('orders', '.csv')
    """

    class OutputFileConfigBuilder:
        """Collects the two parts."""

        def __init__(self) -> None:
            self.part_prefix = "part"
            self.part_suffix = ""

        def with_part_prefix(self, prefix: str) -> OutputFileConfig.OutputFileConfigBuilder:
            """Sets what a name starts with; ``part`` without."""
            self.part_prefix = prefix
            return self

        def with_part_suffix(self, suffix: str) -> OutputFileConfig.OutputFileConfigBuilder:
            """Sets what a name ends with; nothing without."""
            self.part_suffix = suffix
            return self

        def build(self) -> OutputFileConfig:
            """The config."""
            return OutputFileConfig(self.part_prefix, self.part_suffix)

    def __init__(self, part_prefix: str, part_suffix: str) -> None:
        for what, text in (("part_prefix", part_prefix), ("part_suffix", part_suffix)):
            if not isinstance(text, str):
                raise TypeError(f"{what} is a string, not {text!r}.")
        super().__init__(java_class(f"{_SINK}.OutputFileConfig")(part_prefix, part_suffix))

    @property
    def j_obj(self) -> Any:
        """The Java config, under its name in 1.12."""
        return self._j_object

    @staticmethod
    def builder() -> OutputFileConfig.OutputFileConfigBuilder:
        """Collects the two parts.

        Examples:
            >>> builder = OutputFileConfig.builder()
            >>> config = builder.with_part_prefix("orders").with_part_suffix(".csv").build()
        """
        return OutputFileConfig.OutputFileConfigBuilder()

    def get_part_prefix(self) -> str:
        """What a name starts with."""
        prefix: str = self._j_object.getPartPrefix()
        return prefix

    def get_part_suffix(self) -> str:
        """What a name ends with."""
        suffix: str = self._j_object.getPartSuffix()
        return suffix
