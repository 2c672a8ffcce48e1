# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where PyFlink 1.12 had what is in :mod:`pyflink.util.java_utils` now."""

from typing import Any

from pyflink._deprecation import deprecated
from pyflink.util import java_utils
from pyflink.util.java_utils import (
    add_jars_to_context_class_loader,
    from_j_flink_time,
    is_instance_of,
    is_local_deployment,
    load_java_class,
    to_j_flink_time,
    to_jarray,
)

__all__ = [
    "add_jars_to_context_class_loader",
    "from_j_flink_time",
    "get_j_env_configuration",
    "is_instance_of",
    "is_local_deployment",
    "load_java_class",
    "to_j_flink_time",
    "to_jarray",
]

deprecated("The module pyflink.util.utils", "pyflink.util.java_utils")


def get_j_env_configuration(t_env: Any) -> Any:
    """The Java ``Configuration`` of a Java environment; not a copy.

    Args:
        t_env: the Java environment.
    """
    return java_utils.get_j_env_configuration(t_env)
