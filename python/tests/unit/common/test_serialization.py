# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
from __future__ import annotations

import pytest

from pyflink.common.serialization import (
    BulkWriterFactory,
    ByteArraySchema,
    DeserializationSchema,
    Encoder,
    RowDataBulkWriterFactory,
    RowFieldExtractorSchema,
    SerializationSchema,
    SimpleStringEncoder,
    SimpleStringSchema,
)
from pyflink.java_gateway import get_gateway

JAVA = "org.apache.flink.api.common.serialization"


@pytest.mark.parametrize(("charset", "data"), [("UTF-8", b"f\xc3\xbcr"), ("latin1", b"f\xfcr")])
def test_a_string_is_a_message(charset: str, data: bytes) -> None:
    schema = SimpleStringSchema(charset)
    assert isinstance(schema, SerializationSchema)
    assert isinstance(schema, DeserializationSchema)
    assert schema._j_serialization_schema.serialize("für") == data
    assert schema._j_deserialization_schema.deserialize(data) == "für"


def test_bytes_are_a_message() -> None:
    schema = ByteArraySchema()
    assert schema._j_serialization_schema.serialize(b"\x00\xff") == b"\x00\xff"
    assert schema._j_deserialization_schema.deserialize(b"\x00\xff") == b"\x00\xff"


def test_a_field_of_a_row_is_a_message() -> None:
    row = get_gateway().jvm.org.apache.flink.types.Row(2)
    row.setField(1, b"abc")
    assert RowFieldExtractorSchema(1)._j_serialization_schema.serialize(row) == b"abc"
    assert RowFieldExtractorSchema(0)._j_serialization_schema.serialize(row) == b""


def test_the_field_is_a_position() -> None:
    with pytest.raises(ValueError, match="counts from 0; -1 is negative"):
        RowFieldExtractorSchema(-1)
    with pytest.raises(TypeError, match="a position such as 0, not 'name'"):
        RowFieldExtractorSchema("name")  # type: ignore[arg-type]


def test_encoders_of_two_ages() -> None:
    modern = Encoder.simple_string_encoder()
    assert modern._j_encoder.getClass().getName() == f"{JAVA}.SimpleStringEncoder"
    with pytest.warns(DeprecationWarning, match=r"Use Encoder\.simple_string_encoder\(\)") as seen:
        old = SimpleStringEncoder("UTF-8")
    assert seen[0].filename == __file__
    assert isinstance(old, Encoder)
    assert old.j_encoder.getClass().getName() == "io.flinker.connectors.PlainStringEncoder"
    with pytest.deprecated_call():
        assert old.get_java_encoder() is old.j_encoder


def encoder_of_1_12(charset: str) -> None:
    with pytest.deprecated_call():
        SimpleStringEncoder(charset)


@pytest.mark.parametrize(
    "maker", [SimpleStringSchema, Encoder.simple_string_encoder, encoder_of_1_12]
)
def test_an_unknown_character_set_is_refused(maker) -> None:
    with pytest.raises(ValueError, match="'klingon' is not a character set that Java knows"):
        maker("klingon")


def test_factories_hold_what_they_are_given() -> None:
    j_factory, row_type = object(), object()
    factory = RowDataBulkWriterFactory(j_factory, row_type)
    assert isinstance(factory, BulkWriterFactory)
    assert factory.get_java_object() is j_factory
    assert factory.get_row_type() is row_type
