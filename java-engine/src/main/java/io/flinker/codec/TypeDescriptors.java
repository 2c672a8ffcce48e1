/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.LocalTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.SqlTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/**
 * Types as bytes, for the other side of the seam.
 *
 * <p>{@code proto/README.md} says what the bytes are.
 */
public final class TypeDescriptors {

    /** How deep types can be inside each other; deeper ones are a mistake or an attack. */
    private static final int MAX_DEPTH = 100;

    private static final Map<String, TypeInformation<?>> BY_NAME = byName();
    private static final Map<TypeInformation<?>, String> NAMES = inverse(BY_NAME);

    private TypeDescriptors() {}

    /**
     * The type that the bytes describe.
     *
     * @throws CodecException if they describe none
     */
    public static TypeInformation<?> parse(byte[] descriptor) {
        MsgpackReader in = new MsgpackReader().open(descriptor, 0, descriptor.length);
        TypeInformation<?> type;
        try {
            type = parse(in, 0);
        } catch (IllegalArgumentException e) {
            // Flink's own word on names that are not unique or a tuple that is too long
            throw new CodecException("Not a type: " + e.getMessage(), e);
        }
        if (in.remaining() > 0) {
            throw new CodecException("Not a type: " + in.remaining() + " bytes too many");
        }
        return type;
    }

    /**
     * The bytes that describe a type.
     *
     * @throws CodecException if its values have no form in Python
     */
    public static byte[] describe(TypeInformation<?> type) {
        MsgpackWriter out = new MsgpackWriter();
        describe(type, out, 0);
        return out.copy(0, out.position());
    }

    static CodecException unsupported(TypeInformation<?> type) {
        return new CodecException(
                "Values of the Java type "
                        + type
                        + " have no form in Python: map the stream in Java to a type that has one"
                        + " (Row, Tuple, List, Map, array, String, number, date or time), or give"
                        + " the source or function such a type by returns(...)");
    }

    private static TypeInformation<?> parse(MsgpackReader in, int depth) {
        checkDepth(depth);
        int parts = in.readArrayHeader();
        if (parts == 0) {
            throw new CodecException("Not a type: an empty array");
        }
        String name = in.readString();
        TypeInformation<?> simple = BY_NAME.get(name);
        if (simple != null) {
            return checkParts(name, parts, 1, simple);
        }
        return switch (name) {
            case "PRIMITIVE_ARRAY" ->
                    checkParts(name, parts, 2, primitiveArray(parse(in, depth + 1)));
            case "BASIC_ARRAY" -> checkParts(name, parts, 2, basicArray(parse(in, depth + 1)));
            case "OBJECT_ARRAY" ->
                    checkParts(name, parts, 2, Types.OBJECT_ARRAY(parse(in, depth + 1)));
            case "LIST" -> checkParts(name, parts, 2, new ListTypeInfo<>(parse(in, depth + 1)));
            case "KEY" -> checkParts(name, parts, 2, new KeyTypeInfo(parse(in, depth + 1)));
            case "MAP" ->
                    checkParts(
                            name,
                            parts,
                            3,
                            new MapTypeInfo<>(parse(in, depth + 1), parse(in, depth + 1)));
            case "TUPLE" ->
                    checkParts(name, parts, 2, new TupleTypeInfo<>(parseAll(in, depth + 1)));
            case "ROW" -> {
                String[] names = new String[in.readArrayHeader()];
                for (int i = 0; i < names.length; i++) {
                    names[i] = in.readString();
                }
                yield checkParts(name, parts, 3, new RowTypeInfo(parseAll(in, depth + 1), names));
            }
            default -> throw new CodecException("Not a type: '" + name + "'");
        };
    }

    private static TypeInformation<?>[] parseAll(MsgpackReader in, int depth) {
        TypeInformation<?>[] types = new TypeInformation<?>[in.readArrayHeader()];
        for (int i = 0; i < types.length; i++) {
            types[i] = parse(in, depth);
        }
        return types;
    }

    private static TypeInformation<?> checkParts(
            String name, int parts, int expected, TypeInformation<?> type) {
        if (parts != expected) {
            throw new CodecException(
                    "Not a type: " + name + " in an array of " + parts + ", not of " + expected);
        }
        return type;
    }

    private static TypeInformation<?> primitiveArray(TypeInformation<?> element) {
        for (PrimitiveArrayTypeInfo<?> type : PRIMITIVE_ARRAYS) {
            if (type.getComponentType().equals(element)) {
                return type;
            }
        }
        throw new CodecException("Not a type: a primitive array of " + element);
    }

    private static TypeInformation<?> basicArray(TypeInformation<?> element) {
        for (BasicArrayTypeInfo<?, ?> type : BASIC_ARRAYS) {
            if (type.getComponentInfo().equals(element)) {
                return type;
            }
        }
        throw new CodecException("Not a type: a basic array of " + element);
    }

    private static void describe(TypeInformation<?> type, MsgpackWriter out, int depth) {
        checkDepth(depth);
        String name = NAMES.get(type);
        if (name != null) {
            start(out, 1, name);
        } else if (type instanceof RowTypeInfo row) {
            start(out, 3, "ROW");
            out.writeArrayHeader(row.getArity());
            for (String field : row.getFieldNames()) {
                out.writeString(field);
            }
            describeAll(row.getFieldTypes(), out, depth);
        } else if (type.getClass() == TupleTypeInfo.class) {
            start(out, 2, "TUPLE");
            describeAll(((TupleTypeInfo<?>) type).getFieldTypes(), out, depth);
        } else if (type instanceof ListTypeInfo<?> list) {
            start(out, 2, "LIST");
            describe(list.getElementTypeInfo(), out, depth + 1);
        } else if (type instanceof KeyTypeInfo key) {
            start(out, 2, "KEY");
            describe(key.value(), out, depth + 1);
        } else if (type instanceof MapTypeInfo<?, ?> map) {
            start(out, 3, "MAP");
            describe(map.getKeyTypeInfo(), out, depth + 1);
            describe(map.getValueTypeInfo(), out, depth + 1);
        } else if (type instanceof PrimitiveArrayTypeInfo<?> array) {
            start(out, 2, "PRIMITIVE_ARRAY");
            describe(array.getComponentType(), out, depth + 1);
        } else if (type instanceof BasicArrayTypeInfo<?, ?> array) {
            start(out, 2, "BASIC_ARRAY");
            describe(array.getComponentInfo(), out, depth + 1);
        } else if (type instanceof ObjectArrayTypeInfo<?, ?> array) {
            start(out, 2, "OBJECT_ARRAY");
            describe(array.getComponentInfo(), out, depth + 1);
        } else {
            throw unsupported(type);
        }
    }

    private static void start(MsgpackWriter out, int parts, String name) {
        out.writeArrayHeader(parts);
        out.writeString(name);
    }

    private static void describeAll(TypeInformation<?>[] types, MsgpackWriter out, int depth) {
        out.writeArrayHeader(types.length);
        for (TypeInformation<?> type : types) {
            describe(type, out, depth + 1);
        }
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new CodecException("Types more than " + MAX_DEPTH + " deep inside each other");
        }
    }

    private static final PrimitiveArrayTypeInfo<?>[] PRIMITIVE_ARRAYS = {
        PrimitiveArrayTypeInfo.BOOLEAN_PRIMITIVE_ARRAY_TYPE_INFO,
        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
        PrimitiveArrayTypeInfo.SHORT_PRIMITIVE_ARRAY_TYPE_INFO,
        PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO,
        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
        PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO,
        PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO,
        PrimitiveArrayTypeInfo.CHAR_PRIMITIVE_ARRAY_TYPE_INFO,
    };

    private static final BasicArrayTypeInfo<?, ?>[] BASIC_ARRAYS = {
        BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.BOOLEAN_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.BYTE_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.SHORT_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.INT_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.FLOAT_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.DOUBLE_ARRAY_TYPE_INFO,
        BasicArrayTypeInfo.CHAR_ARRAY_TYPE_INFO,
    };

    private static Map<String, TypeInformation<?>> byName() {
        Map<String, TypeInformation<?>> types = new HashMap<>();
        types.put("BOOLEAN", BasicTypeInfo.BOOLEAN_TYPE_INFO);
        types.put("BYTE", BasicTypeInfo.BYTE_TYPE_INFO);
        types.put("SHORT", BasicTypeInfo.SHORT_TYPE_INFO);
        types.put("INT", BasicTypeInfo.INT_TYPE_INFO);
        types.put("LONG", BasicTypeInfo.LONG_TYPE_INFO);
        types.put("FLOAT", BasicTypeInfo.FLOAT_TYPE_INFO);
        types.put("DOUBLE", BasicTypeInfo.DOUBLE_TYPE_INFO);
        types.put("CHAR", BasicTypeInfo.CHAR_TYPE_INFO);
        types.put("STRING", BasicTypeInfo.STRING_TYPE_INFO);
        types.put("BIG_INT", BasicTypeInfo.BIG_INT_TYPE_INFO);
        types.put("BIG_DEC", BasicTypeInfo.BIG_DEC_TYPE_INFO);
        types.put("INSTANT", BasicTypeInfo.INSTANT_TYPE_INFO);
        types.put("SQL_DATE", SqlTimeTypeInfo.DATE);
        types.put("SQL_TIME", SqlTimeTypeInfo.TIME);
        types.put("SQL_TIMESTAMP", SqlTimeTypeInfo.TIMESTAMP);
        types.put("LOCAL_DATE", LocalTimeTypeInfo.LOCAL_DATE);
        types.put("LOCAL_TIME", LocalTimeTypeInfo.LOCAL_TIME);
        types.put("LOCAL_DATE_TIME", LocalTimeTypeInfo.LOCAL_DATE_TIME);
        types.put("PICKLED", PickledByteArrayTypeInfo.INSTANCE);
        return types;
    }

    private static Map<TypeInformation<?>, String> inverse(Map<String, TypeInformation<?>> types) {
        Map<TypeInformation<?>, String> names = new HashMap<>();
        types.forEach((name, type) -> names.put(type, name));
        return names;
    }
}
