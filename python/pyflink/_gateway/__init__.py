# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The JVM behind this process: launch, connection, class path, errors.

The only room that knows Py4J's machinery. Everything else asks it for Java classes.
"""

from py4j.java_collections import JavaList, JavaMap
from py4j.java_gateway import JavaClass, JavaGateway, JavaObject
from py4j.protocol import Py4JError, Py4JJavaError

from pyflink._gateway.connection import (
    accept_callbacks,
    add_short_names,
    get_gateway,
    is_running,
    java_class,
    new_instance,
    settle_output,
    start_ahead,
    start_with_cluster,
    work_directory,
)
from pyflink._gateway.frames import hide_frames
from pyflink._gateway.interrupts import HeldInterrupts
from pyflink._gateway.translation import convert_answers, explain_unknown_classes
from pyflink._gateway.waiting import serve_once, serve_while_waiting, wait_a_while

__all__ = [
    "HeldInterrupts",
    "JavaClass",
    "JavaGateway",
    "JavaList",
    "JavaMap",
    "JavaObject",
    "Py4JError",
    "Py4JJavaError",
    "accept_callbacks",
    "add_short_names",
    "convert_answers",
    "explain_unknown_classes",
    "get_gateway",
    "hide_frames",
    "is_running",
    "java_class",
    "new_instance",
    "serve_once",
    "serve_while_waiting",
    "settle_output",
    "start_ahead",
    "start_with_cluster",
    "wait_a_while",
    "work_directory",
]
