# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
from __future__ import annotations

import pytest

from pyflink.datastream.connectors.base import (
    DeliveryGuarantee,
    Sink,
    Source,
    StreamTransformer,
    SupportsPreprocessing,
)
from pyflink.datastream.functions import JavaFunctionWrapper
from pyflink.util.exceptions import JavaClassNotFoundError

FLINK = "org.apache.flink.streaming.api.functions.sink"


@pytest.mark.parametrize("guarantee", DeliveryGuarantee)
def test_guarantees_have_java_ones(guarantee: DeliveryGuarantee) -> None:
    assert guarantee._to_j_delivery_guarantee().name() == guarantee.name


def test_a_sink_by_its_class_name() -> None:
    sink = Sink(f"{FLINK}.v2.DiscardingSink")
    assert isinstance(sink, JavaFunctionWrapper)
    assert sink.get_java_function().getClass().getSimpleName() == "DiscardingSink"


@pytest.mark.parametrize("kind", [Source, Sink])
def test_an_unknown_class_is_named(kind) -> None:
    with pytest.raises(JavaClassNotFoundError, match=r"There is no Java class 'no\.such\.Class'"):
        kind("no.such.Class")


def test_transformers_have_to_transform() -> None:
    for kind in (StreamTransformer, SupportsPreprocessing):
        with pytest.raises(TypeError, match="abstract"):
            kind()
