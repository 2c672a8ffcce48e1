# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Objects of Python that Java calls."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any, ClassVar

_WATCHDOG_SECONDS = 10


class Watchdog:
    """Lets Java see that this process is alive: a call returns after ten seconds, or never."""

    def ping(self) -> bool:
        """Waits for ten seconds.

        Returns:
            True.
        """
        time.sleep(_WATCHDOG_SECONDS)
        return True

    class Java:
        """What Java takes the object for."""

        implements: ClassVar = ["org.apache.flink.client.python.PythonGatewayServer$Watchdog"]


class PythonFunctionFactory:
    """Finds a Python function of the Table API by its name, for Java."""

    def getPythonFunction(self, moduleName: str, objectName: str) -> Any:
        """The Java side of a user-defined function.

        Args:
            moduleName: the module it is in.
            objectName: its name there.

        Raises:
            ImportError: if there is no such module.
            AttributeError: if the module has no such name, or it is not a user-defined function.
        """
        function = getattr(import_module(moduleName), objectName)
        make = getattr(function, "_java_user_defined_function", None)
        if make is None:
            raise AttributeError(
                f"{moduleName}.{objectName} is not a user-defined function of the Table API"
            )
        return make()

    class Java:
        """What Java takes the object for."""

        implements: ClassVar = ["org.apache.flink.client.python.PythonFunctionFactory"]
