/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of a {@link Key}. */
public final class KeyTypeInfo extends TypeInformation<Key> {

    private static final long serialVersionUID = 1L;

    private final TypeInformation<?> value;

    /**
     * @param value the type of the values that are the keys
     */
    public KeyTypeInfo(TypeInformation<?> value) {
        this.value = value;
    }

    /** The type of the values that are the keys. */
    public TypeInformation<?> value() {
        return value;
    }

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
    public Class<Key> getTypeClass() {
        return Key.class;
    }

    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    @SuppressWarnings("unchecked")
    public TypeSerializer<Key> createSerializer(SerializerConfig config) {
        return new KeySerializer((TypeSerializer<Object>) value.createSerializer(config));
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof KeyTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyTypeInfo type && type.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 31 * KeyTypeInfo.class.hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
        return "Key<" + value + ">";
    }
}
