# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Helpers for programs that work with Java objects themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pyflink._deprecation import deprecated
from pyflink._gateway import JavaClass, JavaObject, get_gateway, java_class
from pyflink._gateway.errors import JavaError
from pyflink._gateway.translation import unknown_class

if TYPE_CHECKING:
    from pyflink.common.time import Duration

_DURATION = "java.time.Duration"
_USER_JARS = "io.flinker.gateway.UserJars"
_MICROSECOND = timedelta(microseconds=1)


def to_jarray(j_type: Any, arr: Sequence[Any]) -> Any:
    """A Java array with the elements of a sequence.

    Args:
        j_type: the type of the elements, for example ``get_gateway().jvm.String``.
        arr: the elements.

    Example:
        >>> from pyflink.java_gateway import get_gateway
        >>> from pyflink.util.java_utils import to_jarray
        >>> list(to_jarray(get_gateway().jvm.int, [1, 2]))
        [1, 2]
    """
    j_array = get_gateway().new_array(j_type, len(arr))
    for index, element in enumerate(arr):
        j_array[index] = element
    return j_array


def load_java_class(class_name: str) -> Any:
    """The Java ``Class`` of this name, from the engine or from a jar of the program.

    Args:
        class_name: the full name; ``a.b.Outer$Inner`` for a nested class.

    Raises:
        JavaClassNotFoundError: if the class is on no class path.
    """
    try:
        return java_class(_USER_JARS).load(class_name)
    except JavaError as e:
        if e.java_class_name not in (
            "java.lang.ClassNotFoundException",
            "java.lang.NoClassDefFoundError",
        ):
            raise
    raise unknown_class(class_name)


def is_instance_of(java_object: Any, java_class: Any) -> bool:
    """Whether a Java object is an instance of a class.

    Args:
        java_object: the object.
        java_class: the class: its full name, a ``JavaClass`` of Py4J or a Java ``Class``.

    Raises:
        TypeError: if it is none of these.

    Example:
        >>> from pyflink.java_gateway import get_gateway
        >>> from pyflink.util.java_utils import is_instance_of
        >>> is_instance_of(get_gateway().jvm.java.util.ArrayList(), "java.util.List")
        True
    """
    if isinstance(java_class, str):
        j_class = load_java_class(java_class)
    elif isinstance(java_class, JavaClass):
        j_class = load_java_class(java_class._fqn)
    elif isinstance(java_class, JavaObject):
        j_class = java_class
        if java_class.getClass().getName() != "java.lang.Class":
            j_class = java_class.getClass()
    else:
        raise TypeError(
            "java_class must be the name of a class, a JavaClass or a Java object, "
            f"not {java_class!r}"
        )
    return bool(j_class.isInstance(java_object))


def get_j_env_configuration(j_env: Any) -> Any:
    """The Java ``Configuration`` of a Java ``StreamExecutionEnvironment``; not a copy."""
    return j_env.getConfiguration()


def is_local_deployment(j_configuration: Any) -> bool:
    """Whether jobs with this Java ``Configuration`` run in this process's own cluster."""
    target = j_configuration.getString("execution.target", None)
    return target in ("embedded", "local")


def add_jars_to_context_class_loader(jar_urls: Iterable[str]) -> None:
    """Makes the classes of jars visible to this program.

    Args:
        jar_urls: URLs, for example ``file:///path/to/a.jar``.

    Raises:
        ValueError: if one is not a URL.
    """
    user_jars = java_class(_USER_JARS)
    for url in jar_urls:
        try:
            user_jars.add(url)
        except JavaError as e:
            if e.java_class_name != "java.net.MalformedURLException":
                raise
            raise ValueError(
                f"'{url}' is not a URL ({e.java_message}). "
                "Write the protocol too, for example 'file:///path/to/a.jar'."
            ) from e


def create_url_class_loader(urls: Iterable[Any], parent_class_loader: Any) -> Any:
    """A Java ``URLClassLoader``.

    Args:
        urls: Java ``URL`` objects, or URLs as text.
        parent_class_loader: the Java class loader that is asked first; None for Java's own.
    """
    j_url = java_class("java.net.URL")
    j_urls = [j_url(url) if isinstance(url, str) else url for url in urls]
    loader = java_class("java.net.URLClassLoader")
    return loader(to_jarray(j_url, j_urls), parent_class_loader)


def get_field(cls: Any, field_name: str) -> Any:
    """The Java ``Field`` of a Java ``Class`` or the nearest of its base classes; None if none.

    It can be read even if it is private.
    """
    while cls is not None:
        for field in cls.getDeclaredFields():
            if field.getName() == field_name:
                field.setAccessible(True)
                return field
        cls = cls.getSuperclass()
    return None


def get_field_value(java_obj: Any, field_name: str) -> Any:
    """The value of a field of a Java object, even of a private one.

    Raises:
        AttributeError: if the object has no such field.
    """
    cls = java_obj.getClass()
    field = get_field(cls, field_name)
    if field is None:
        raise AttributeError(f"Java class {cls.getName()} has no field '{field_name}'")
    return field.get(java_obj)


def invoke_method(
    obj: Any,
    object_type: str,
    method_name: str,
    args: Sequence[Any] | None = None,
    arg_types: Sequence[str] | None = None,
) -> Any:
    """Calls a method of a Java object, even a private one.

    Args:
        obj: the object.
        object_type: the full name of the class that declares the method.
        method_name: the name of the method.
        args: the arguments.
        arg_types: the full names of the classes of the parameters.
    """
    j_class, j_object = java_class("java.lang.Class"), java_class("java.lang.Object")
    types = to_jarray(j_class, [load_java_class(name) for name in arg_types or ()])
    method = load_java_class(object_type).getDeclaredMethod(method_name, types)
    method.setAccessible(True)
    return method.invoke(obj, to_jarray(j_object, args or ()))


def to_j_duration(time_delta: timedelta | Duration) -> Any:
    """A Java ``Duration``.

    Args:
        time_delta: a timedelta, or a ``Duration`` of ours.

    Raises:
        TypeError: if it is neither.
    """
    if isinstance(time_delta, timedelta):
        return java_class(_DURATION).ofNanos(time_delta // _MICROSECOND * 1000)
    j_duration = getattr(time_delta, "_j_duration", None)
    if j_duration is None:
        raise TypeError(
            f"A span of time is needed, for example Duration.of_seconds(5), not {time_delta!r}"
        )
    return j_duration


def from_j_duration(j_duration: Any) -> timedelta:
    """A timedelta for a Java ``Duration``; nanoseconds below a microsecond are cut off."""
    return timedelta(seconds=j_duration.getSeconds(), microseconds=j_duration.getNano() // 1000)


def to_j_flink_time(time_delta: timedelta) -> Any:
    """A Java ``Duration``: Flink 2 has no ``Time`` class in Java any more."""
    deprecated("to_j_flink_time", "to_j_duration")
    return to_j_duration(time_delta)


def from_j_flink_time(j_flink_time: Any) -> timedelta:
    """A timedelta for a Java ``Duration``: Flink 2 has no ``Time`` class in Java any more."""
    deprecated("from_j_flink_time", "from_j_duration")
    return from_j_duration(j_flink_time)
