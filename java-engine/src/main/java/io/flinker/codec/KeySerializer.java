/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a {@link Key}: whether there is a value, and the value as its own type writes it. */
public final class KeySerializer extends TypeSerializer<Key> {

    private static final long serialVersionUID = 1L;
    private static final Key NULL = Key.of(null);

    private final TypeSerializer<Object> value;

    KeySerializer(TypeSerializer<Object> value) {
        this.value = value;
    }

    /** Of keys whose values are bytes. */
    @SuppressWarnings("unchecked")
    public static KeySerializer ofBytes(TypeSerializer<byte[]> bytes) {
        return new KeySerializer((TypeSerializer<Object>) (TypeSerializer<?>) bytes);
    }

    @Override
    public boolean isImmutableType() {
        // nobody changes what is in a key
        return true;
    }

    @Override
    public TypeSerializer<Key> duplicate() {
        return new KeySerializer(value.duplicate());
    }

    @Override
    public Key createInstance() {
        return NULL;
    }

    @Override
    public Key copy(Key from) {
        return from;
    }

    @Override
    public Key copy(Key from, Key reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Key key, DataOutputView target) throws IOException {
        target.writeBoolean(key.value() != null);
        if (key.value() != null) {
            value.serialize(key.value(), target);
        }
    }

    @Override
    public Key deserialize(DataInputView source) throws IOException {
        return source.readBoolean() ? Key.of(value.deserialize(source)) : NULL;
    }

    @Override
    public Key deserialize(Key reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        boolean there = source.readBoolean();
        target.writeBoolean(there);
        if (there) {
            value.copy(source, target);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySerializer serializer && serializer.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 31 * KeySerializer.class.hashCode() + value.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Key> snapshotConfiguration() {
        return new Snapshot(this);
    }

    /** What a savepoint keeps of the serializer. */
    public static final class Snapshot extends CompositeTypeSerializerSnapshot<Key, KeySerializer> {

        private static final int VERSION = 1;

        /** For Flink, to read a savepoint. */
        public Snapshot() {}

        Snapshot(KeySerializer serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return VERSION;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(KeySerializer outer) {
            return new TypeSerializer<?>[] {outer.value};
        }

        @Override
        @SuppressWarnings("unchecked")
        protected KeySerializer createOuterSerializerWithNestedSerializers(
                TypeSerializer<?>[] nested) {
            return new KeySerializer((TypeSerializer<Object>) nested[0]);
        }

        @Override
        public TypeSerializerSchemaCompatibility<Key> resolveSchemaCompatibility(
                TypeSerializerSnapshot<Key> old) {
            TypeSerializerSchemaCompatibility<Key> compatibility =
                    super.resolveSchemaCompatibility(old);
            if (compatibility.isIncompatible() && old instanceof Snapshot before) {
                throw new KeyTypeException(
                        "The keys of the state were written as "
                                + shown(before)
                                + " and are now "
                                + shown(this)
                                + ": give key_by() the key type that they had.");
            }
            return compatibility;
        }

        private static String shown(Snapshot keys) {
            TypeSerializer<?> value = keys.getNestedSerializerSnapshots()[0].restoreSerializer();
            return value instanceof BytePrimitiveArraySerializer
                    ? "pickled Python objects"
                    : value.getClass().getSimpleName().replaceFirst("Serializer$", "");
        }
    }
}
