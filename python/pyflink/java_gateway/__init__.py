# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The way to Java for programs that need more of Flink than this package offers.

    >>> from pyflink.java_gateway import get_gateway
    >>> get_gateway().jvm.java.lang.Math.max(1, 2)
    2

Besides ``java.lang``, the classes ``StreamExecutionEnvironment``, ``Configuration``, ``Types`` and
``TypeInformation`` are known under their short names.
"""

# A folder rather than a module, see pyflink._conflict.
from pyflink import _conflict

_conflict.check()

from pyflink.java_gateway._callbacks import PythonFunctionFactory, Watchdog  # noqa: E402
from pyflink.java_gateway._launch import (  # noqa: E402
    get_gateway,
    import_flink_view,
    is_launch_gateway_disabled,
    launch_gateway,
)
from pyflink.util.exceptions import (  # noqa: E402
    install_exception_handler,
    install_py4j_hooks,
)

__all__ = [
    "PythonFunctionFactory",
    "Watchdog",
    "get_gateway",
    "import_flink_view",
    "install_exception_handler",
    "install_py4j_hooks",
    "is_launch_gateway_disabled",
    "launch_gateway",
]
