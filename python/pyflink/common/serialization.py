# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How records become bytes and bytes become records."""

from __future__ import annotations

from typing import Any

from pyflink._deprecation import deprecated
from pyflink._gateway import java_class
from pyflink.common._charsets import java_charset
from pyflink.common.utils import JavaObjectWrapper

__all__ = [
    "BulkWriterFactory",
    "ByteArraySchema",
    "DeserializationSchema",
    "Encoder",
    "RowDataBulkWriterFactory",
    "RowFieldExtractorSchema",
    "SerializationSchema",
    "SimpleStringEncoder",
    "SimpleStringSchema",
]


class SerializationSchema:
    """Turns a record into the bytes of a message.

    Args:
        j_serialization_schema: the Java ``SerializationSchema``.
    """

    def __init__(self, j_serialization_schema: Any = None) -> None:
        self._j_serialization_schema = j_serialization_schema


class DeserializationSchema:
    """Turns the bytes of a message into a record.

    Args:
        j_deserialization_schema: the Java ``DeserializationSchema``.
    """

    def __init__(self, j_deserialization_schema: Any = None) -> None:
        self._j_deserialization_schema = j_deserialization_schema


class _BothSchemas(SerializationSchema, DeserializationSchema):
    """A Java schema that works in both directions."""

    def __init__(self, j_schema: Any) -> None:
        SerializationSchema.__init__(self, j_schema)
        DeserializationSchema.__init__(self, j_schema)


class SimpleStringSchema(_BothSchemas):
    """A message is a string.

    Args:
        charset: the character set of the bytes.

    Raises:
        ValueError: if Java does not know the character set.

    Examples:
        >>> schema = SimpleStringSchema()
        >>> schema = SimpleStringSchema("ISO-8859-1")
    """

    def __init__(self, charset: str = "UTF-8") -> None:
        super().__init__(
            java_class("org.apache.flink.api.common.serialization.SimpleStringSchema")(
                java_charset(charset)
            )
        )


class ByteArraySchema(_BothSchemas):
    """A message is the record itself, which is of the type ``Types.PRIMITIVE_ARRAY(Types.BYTE())``.

    Examples:
        >>> schema = ByteArraySchema()
    """

    def __init__(self) -> None:
        super().__init__(java_class("org.apache.flink.api.common.serialization.ByteArraySchema")())


class RowFieldExtractorSchema(SerializationSchema):
    """A message is one field of a row; the field is an array of bytes.

    A field that is None gives an empty message.

    Args:
        field_index: the position of the field, from 0.

    Raises:
        ValueError: if the position is negative.
        TypeError: if the position is no whole number.

    Examples:
        >>> schema = RowFieldExtractorSchema(1)
    """

    def __init__(self, field_index: int) -> None:
        if not isinstance(field_index, int) or isinstance(field_index, bool):
            raise TypeError(f"field_index is a position such as 0, not {field_index!r}.")
        if field_index < 0:
            raise ValueError(f"field_index counts from 0; {field_index} is negative.")
        super().__init__(java_class("io.flinker.connectors.RowFieldSchema")(field_index))


class Encoder:
    """Writes records into a file one after the other.

    Args:
        j_encoder: the Java ``Encoder``.
    """

    # Whether it writes what a record is as text: then Python objects have to become texts first.
    _writes_texts = False

    def __init__(self, j_encoder: Any) -> None:
        self._j_encoder = j_encoder

    @property
    def j_encoder(self) -> Any:
        """The Java encoder, under its name in 1.12."""
        return self._j_encoder

    def get_java_encoder(self) -> Any:
        """The Java encoder.

        Deprecated: it has no public name any more.
        """
        deprecated("Encoder.get_java_encoder()", "the encoder itself")
        return self._j_encoder

    @staticmethod
    def simple_string_encoder(charset_name: str = "UTF-8") -> Encoder:
        """Writes a record as its Java string, one to a line; a row is ``+I[1, aaa]``.

        Python objects of no declared type are written as ``str()`` writes them.

        Args:
            charset_name: the character set of the file.

        Raises:
            ValueError: if Java does not know the character set.

        Examples:
            >>> encoder = Encoder.simple_string_encoder()
        """
        java_charset(charset_name)
        j_class = java_class("org.apache.flink.api.common.serialization.SimpleStringEncoder")
        encoder = Encoder(j_class(charset_name))
        encoder._writes_texts = True
        return encoder


class SimpleStringEncoder(Encoder):
    """Writes a record as Flink 1.12 did, one to a line: a row is ``1,aaa`` and a tuple ``(1,aaa)``.

    Python objects of no declared type are written as ``str()`` writes them.

    Deprecated: :meth:`Encoder.simple_string_encoder` writes rows as ``+I[1, aaa]``.

    Args:
        charset_name: the character set of the file.

    Raises:
        ValueError: if Java does not know the character set.
    """

    _writes_texts = True

    def __init__(self, charset_name: str = "UTF-8") -> None:
        deprecated(
            "SimpleStringEncoder", "Encoder.simple_string_encoder(), which writes +I[1, aaa],"
        )
        java_charset(charset_name)
        super().__init__(java_class("io.flinker.connectors.PlainStringEncoder")(charset_name))


class BulkWriterFactory(JavaObjectWrapper):
    """Makes the writers of files whose format is not line by line, such as Parquet.

    Args:
        j_bulk_writer_factory: the Java ``BulkWriter.Factory``.
    """

    def __init__(self, j_bulk_writer_factory: Any) -> None:
        super().__init__(j_bulk_writer_factory)


class RowDataBulkWriterFactory(BulkWriterFactory):
    """Makes writers of Flink's internal rows, to which a sink converts the rows of the stream.

    Args:
        j_bulk_writer_factory: the Java ``BulkWriter.Factory<RowData>``.
        row_type: the Java ``RowType`` of the rows.
    """

    def __init__(self, j_bulk_writer_factory: Any, row_type: Any) -> None:
        super().__init__(j_bulk_writer_factory)
        self._row_type = row_type

    def get_row_type(self) -> Any:
        """The Java ``RowType`` of the rows."""
        return self._row_type
