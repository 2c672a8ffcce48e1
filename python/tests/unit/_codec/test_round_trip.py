# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Random values of random types come back as they went."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyflink._codec import batch_decoder, descriptor, encode_collection
from pyflink._gateway import java_class

SLOW = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.function_scoped_fixture,
]


@settings(max_examples=400, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_through_python(random_types, data: st.DataObject) -> None:
    type_info, strategy = data.draw(random_types)
    values = data.draw(st.lists(strategy, max_size=4))
    decode = batch_decoder(type_info)
    came_back = [v for batch in encode_collection(values, type_info) for v in decode(batch)]
    assert came_back == values
    assert repr(came_back) == repr(values)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_through_java(random_types, data: st.DataObject) -> None:
    facade = java_class("io.flinker.gateway.TypeInfos")
    type_info, strategy = data.draw(random_types)
    values = data.draw(st.lists(strategy, min_size=1, max_size=4))
    (batch,) = encode_collection(values, type_info)
    echoed = facade.roundTrip(descriptor(type_info), batch)
    assert batch_decoder(type_info)(echoed) == values
