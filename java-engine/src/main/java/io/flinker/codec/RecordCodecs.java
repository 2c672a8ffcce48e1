/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.util.List;
import java.util.Set;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Codecs of rows and tuples. */
final class RecordCodecs {

    private RecordCodecs() {}

    /** Tuples; a field may be null if its own type can be. */
    static final class Tuples<T extends Tuple> extends ValueCodec<T> {

        private final ValueCodec<Object>[] fields;

        Tuples(List<ValueCodec<Object>> fields) {
            this.fields = array(fields);
        }

        @Override
        void write(T value, MsgpackWriter out) {
            out.writeArrayHeader(fields.length);
            for (int i = 0; i < fields.length; i++) {
                fields[i].write(value.getField(i), out);
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        T read(MsgpackReader in) {
            in.readArrayHeader(fields.length);
            T value = (T) Tuple.newInstance(fields.length);
            for (int i = 0; i < fields.length; i++) {
                value.setField(fields[i].read(in), i);
            }
            return value;
        }
    }

    /** Rows: the kind, then the fields, any of which may be null. */
    static final class Rows extends ValueCodec<Row> {

        private final String[] names;
        private final ValueCodec<Object>[] fields;

        Rows(String[] names, List<ValueCodec<Object>> fields) {
            this.names = names;
            this.fields = array(fields);
            for (int i = 0; i < this.fields.length; i++) {
                this.fields[i] = this.fields[i].nullable();
            }
        }

        @Override
        void write(Row value, MsgpackWriter out) {
            if (value.getArity() != fields.length) {
                throw new CodecException(
                        "A row of "
                                + value.getArity()
                                + " fields where "
                                + fields.length
                                + " belong");
            }
            out.writeArrayHeader(1 + fields.length);
            out.writeLong(value.getKind().toByteValue());
            Set<String> ownNames = value.getFieldNames(false);
            for (int i = 0; i < fields.length; i++) {
                Object field = ownNames == null ? value.getField(i) : value.getField(names[i]);
                fields[i].write(field, out);
            }
        }

        @Override
        Row read(MsgpackReader in) {
            in.readArrayHeader(1 + fields.length);
            byte kind = (byte) in.readInt(0, RowKind.values().length - 1);
            Row value = Row.withPositions(RowKind.fromByteValue(kind), fields.length);
            for (int i = 0; i < fields.length; i++) {
                value.setField(i, fields[i].read(in));
            }
            return value;
        }
    }

    @SuppressWarnings("unchecked")
    private static ValueCodec<Object>[] array(List<ValueCodec<Object>> fields) {
        return fields.toArray(new ValueCodec[0]);
    }
}
