/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.BatchDecoder;
import io.flinker.codec.BatchEncoder;
import io.flinker.codec.CodecException;
import io.flinker.codec.TypeDescriptors;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Types, from and to the descriptors that Python knows. */
public final class TypeInfos {

    private TypeInfos() {}

    public static TypeInformation<?> fromDescriptor(byte[] descriptor) {
        return TypeDescriptors.parse(descriptor);
    }

    /** The descriptor, a {@code byte[]}, or else a {@code String} that says why there is none. */
    public static Object descriptorOf(TypeInformation<?> type) {
        try {
            return TypeDescriptors.describe(type);
        } catch (CodecException e) {
            return e.getMessage();
        }
    }

    /** A batch of one object. */
    @SuppressWarnings("unchecked")
    public static byte[] encode(TypeInformation<?> type, Object value) throws IOException {
        return new BatchEncoder<>((TypeInformation<Object>) type).encode(List.of(value));
    }

    /** A batch decoded, passed through Flink's serializer and encoded again, for tests. */
    public static byte[] roundTrip(byte[] descriptor, byte[] batch) throws IOException {
        return roundTrip(TypeDescriptors.parse(descriptor), batch);
    }

    private static <T> byte[] roundTrip(TypeInformation<T> type, byte[] batch) throws IOException {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        BatchDecoder<T> decoder = new BatchDecoder<>(type).open(batch);
        BatchEncoder<T> encoder = new BatchEncoder<>(type);
        DataOutputSerializer out = new DataOutputSerializer(1024);
        while (decoder.hasNext()) {
            out.clear();
            serializer.serialize(serializer.copy(decoder.next()), out);
            encoder.add(
                    serializer.deserialize(
                            new DataInputDeserializer(out.getSharedBuffer(), 0, out.length())));
        }
        return encoder.finish();
    }
}
