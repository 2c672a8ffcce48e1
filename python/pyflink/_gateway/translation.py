# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Java's exceptions in the user's terms.

Py4J raises its own exception with the whole Java trace as its text. For our gateway, and only for
ours (another library in this process may use Py4J too), the answer is turned into a
:class:`JavaError` before it is raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from py4j import java_gateway, protocol
from py4j.java_gateway import JavaClass

from pyflink._gateway.client import Client
from pyflink._gateway.errors import (
    ClusterError,
    JavaCallError,
    JavaClassNotFoundError,
    JavaError,
    JobCancelledError,
    WorkerSetupError,
)
from pyflink._gateway.function_errors import user_exception

_DESCRIBE = "io.flinker.gateway.Failures"
_REFUSAL = "io.flinker.submission.SubmissionException"
_UNFIT = "io.flinker.submission.UnfitException"
_get_return_value = protocol.get_return_value
_installed = False

_NO_SUCH_METHOD = re.compile(r"(Method|Constructor) ([\w.$]+)\(\[(.*)\]\) does not exist")
_PYTHON_NAMES = {
    "java.lang.String": "str",
    "java.lang.Integer": "int",
    "java.lang.Long": "int",
    "java.lang.Double": "float",
    "java.lang.Boolean": "bool",
    "java.util.ArrayList": "list",
    "java.util.HashMap": "dict",
    "java.util.HashSet": "set",
    "null": "None",
    "[B": "bytes",
}


def _translate(answer: str, gateway_client: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return _get_return_value(answer, gateway_client, *args, **kwargs)
    except protocol.Py4JJavaError as e:
        if not isinstance(gateway_client, Client) or isinstance(e, JavaError):
            raise
        raised: BaseException = describe(e.java_exception, gateway_client)
    except protocol.Py4JError as e:
        refused = _NO_SUCH_METHOD.search(str(e))
        if not isinstance(gateway_client, Client) or refused is None:
            raise
        raised = _refusal(*refused.groups())
    # the Py4J exception is left out of the chain: it would print the Java trace first
    if isinstance(raised, ClusterError | JavaError | JavaCallError | WorkerSetupError):
        raise raised from None
    # a user's own: it has the chain that it had in the worker
    context = raised.__context__
    try:
        raise raised
    finally:
        raised.__context__ = context


def _refusal(kind: str, name: str, types: str) -> JavaCallError:
    """The error for a method that is not there, or not with arguments of such types."""
    given = [part.removeprefix("class ").strip() for part in types.split(", ") if part]
    shown = ", ".join(_PYTHON_NAMES.get(part, part.rpartition(".")[2]) for part in given)
    what = f"The Java method {name}()" if kind == "Method" else f"The Java class {name}"
    return JavaCallError(f"{what} does not take the arguments it was given: ({shown}).")


def describe(java_exception: Any, gateway_client: Any) -> BaseException:
    """The error for a Java exception; for one that a Python function raised, that one."""
    answer = JavaClass(_DESCRIBE, gateway_client).describe(java_exception)
    # by index: iterating over a Java list ends with a Java exception, which would come here again
    name, message, kind, trace = (answer[index] for index in range(4))
    if name == _REFUSAL:
        return ClusterError(message, trace)
    if name == _UNFIT:
        return WorkerSetupError(message)
    error = JobCancelledError if kind == "cancelled" else JavaError
    if kind == "python":
        # the rest is the user's traceback, which the error to raise has anyway
        message = message.partition(":\n")[0]
    java_error = error(java_exception, name, message, trace)
    if kind != "python":
        return java_error
    return user_exception(java_error, [answer[index] for index in range(4, 13)])


def install() -> None:
    """Makes Py4J's callers go through the translation, and through what was there before."""
    global _get_return_value, _installed
    if not _installed:
        _get_return_value = java_gateway.get_return_value
        java_gateway.get_return_value = _translate
        _installed = True


def convert_answers(decorate: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Decorates the function by which Py4J reads every answer of Java."""
    java_gateway.get_return_value = decorate(java_gateway.get_return_value)


def explain_unknown_classes() -> None:
    """Makes a call of a class that does not exist say so.

    Py4J takes an unknown name for a package, and says that packages are not callable.
    """
    java_gateway.JavaPackage.__call__ = _call_unknown_class


def _call_unknown_class(package: Any, *args: Any, **kwargs: Any) -> Any:
    raise unknown_class(package._fqn)


def unknown_class(class_name: str) -> JavaClassNotFoundError:
    """The error for a class that is on no class path."""
    return JavaClassNotFoundError(
        f"There is no Java class '{class_name}' on the class path. Add the jar that holds it with "
        "env.add_jars('file:///path/to/it.jar') or the setting 'pipeline.jars' before, or correct "
        "the name."
    )
