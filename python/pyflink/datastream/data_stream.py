# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Streams, their sinks and their results."""

from pyflink.datastream._broadcast import BroadcastConnectedStream, BroadcastStream
from pyflink.datastream._connected import ConnectedStreams
from pyflink.datastream._keyed import KeyedStream
from pyflink.datastream._results import CloseableIterator
from pyflink.datastream._sink import DataStreamSink
from pyflink.datastream._stream import CachedDataStream, DataStream
from pyflink.datastream._windowed import WINDOW_STATE_NAME, AllWindowedStream, WindowedStream

__all__ = [
    "WINDOW_STATE_NAME",
    "AllWindowedStream",
    "BroadcastConnectedStream",
    "BroadcastStream",
    "CachedDataStream",
    "CloseableIterator",
    "ConnectedStreams",
    "DataStream",
    "DataStreamSink",
    "KeyedStream",
    "WindowedStream",
]
