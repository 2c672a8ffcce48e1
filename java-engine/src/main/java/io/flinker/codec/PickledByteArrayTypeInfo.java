/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/** The type of a Python object that has no meaning in Java: its pickled bytes. */
public final class PickledByteArrayTypeInfo extends TypeInformation<byte[]> {

    /** The only one there need be. */
    public static final PickledByteArrayTypeInfo INSTANCE = new PickledByteArrayTypeInfo();

    private static final long serialVersionUID = 1L;

    private PickledByteArrayTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<byte[]> getTypeClass() {
        return byte[].class;
    }

    @Override
    public boolean isKeyType() {
        // two pickles of equal objects may differ, and an array has no hash of its contents
        return false;
    }

    @Override
    public TypeSerializer<byte[]> createSerializer(SerializerConfig config) {
        return BytePrimitiveArraySerializer.INSTANCE;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof PickledByteArrayTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PickledByteArrayTypeInfo;
    }

    @Override
    public int hashCode() {
        return PickledByteArrayTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "PickledByteArrayTypeInfo";
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
