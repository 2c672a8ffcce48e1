/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import io.flinker.codec.KeyTypeInfo;
import io.flinker.codec.TypeDescriptors;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes values that Python has made, as bytes. A savepoint keeps the type that they have in
 * Python, so that a program that declares another one is told so.
 */
final class StoredSerializer extends TypeSerializer<byte[]> {

    private static final long serialVersionUID = 1L;
    private static final BytePrimitiveArraySerializer BYTES = BytePrimitiveArraySerializer.INSTANCE;

    private final String state;
    private final byte[] type;

    /**
     * @param state the name of the state, for messages
     * @param type the descriptor of the type of the values
     */
    StoredSerializer(String state, byte[] type) {
        this.state = state;
        this.type = type;
    }

    @Override
    public boolean isImmutableType() {
        // nobody changes what is stored
        return true;
    }

    @Override
    public TypeSerializer<byte[]> duplicate() {
        return this;
    }

    @Override
    public byte[] createInstance() {
        return BYTES.createInstance();
    }

    @Override
    public byte[] copy(byte[] from) {
        return from;
    }

    @Override
    public byte[] copy(byte[] from, byte[] reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(byte[] bytes, DataOutputView target) throws IOException {
        BYTES.serialize(bytes, target);
    }

    @Override
    public byte[] deserialize(DataInputView source) throws IOException {
        return BYTES.deserialize(source);
    }

    @Override
    public byte[] deserialize(byte[] reuse, DataInputView source) throws IOException {
        return BYTES.deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        BYTES.copy(source, target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredSerializer serializer && Arrays.equals(serializer.type, type);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(type);
    }

    @Override
    public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
        return new Snapshot(state, type);
    }

    /** What a savepoint keeps of the serializer. */
    public static final class Snapshot implements TypeSerializerSnapshot<byte[]> {

        private static final int VERSION = 1;

        private String state;
        private byte[] type;

        /** For Flink, to read a savepoint. */
        public Snapshot() {}

        Snapshot(String state, byte[] type) {
            this.state = state;
            this.type = type;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(state);
            BYTES.serialize(type, out);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader loader)
                throws IOException {
            if (version != VERSION) {
                throw new IOException("State of a release of Flinker that is not known here");
            }
            state = in.readUTF();
            type = BYTES.deserialize(in);
        }

        @Override
        public TypeSerializer<byte[]> restoreSerializer() {
            return new StoredSerializer(state, type);
        }

        @Override
        public TypeSerializerSchemaCompatibility<byte[]> resolveSchemaCompatibility(
                TypeSerializerSnapshot<byte[]> old) {
            if (old instanceof Snapshot before && !Arrays.equals(before.type, type)) {
                throw new StateTypeException(
                        "The state '"
                                + state
                                + "' was written as "
                                + shown(before.type)
                                + " and is now declared as "
                                + shown(type)
                                + ": declare the type it has, or give the new one another name.");
            }
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }

        private static String shown(byte[] type) {
            TypeInformation<?> parsed = TypeDescriptors.parse(type);
            // what expires is a pair of a time and what is kept
            if (parsed instanceof TupleTypeInfo<?> pair && pair.getArity() == 2) {
                TypeInformation<?> second = pair.getTypeAt(1);
                if (second instanceof KeyTypeInfo kept) {
                    return kept.value() + " with a time to live";
                }
            }
            return parsed.toString();
        }
    }
}
