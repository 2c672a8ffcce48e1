/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** The golden bytes of {@code proto/vectors}, which Python's tests read as well. */
final class Vectors {

    private static final Path FOLDER = Path.of("..", "proto", "vectors");

    private Vectors() {}

    /** A line of a file: values and the bytes that they become, or bytes that are refused. */
    record Vector(String file, JsonNode json) {

        String name() {
            return json.get("name").asText();
        }

        byte[] bytes(String key) {
            return HexFormat.of().parseHex(json.get(key).asText());
        }

        JsonNode typeNode() {
            return json.get("type");
        }

        TypeInformation<?> type() {
            MsgpackWriter out = new MsgpackWriter();
            describe(typeNode(), out);
            return TypeDescriptors.parse(out.copy(0, out.position()));
        }

        List<Object> values() {
            List<Object> values = new ArrayList<>();
            json.get("values").forEach(node -> values.add(value(typeNode(), node)));
            return values;
        }

        @Override
        public String toString() {
            return file + ": " + name();
        }
    }

    /** Those with values. */
    static Stream<Vector> accepted() {
        return Stream.concat(stored(), read("pairs"));
    }

    /** Those of types that state can have. */
    static Stream<Vector> stored() {
        return Stream.of("numbers", "text", "times", "collections", "records")
                .flatMap(Vectors::read);
    }

    static Stream<Vector> refused() {
        return read("refused");
    }

    private static Stream<Vector> read(String file) {
        try {
            JsonNode root =
                    new ObjectMapper().readTree(Files.readString(FOLDER.resolve(file + ".json")));
            List<Vector> vectors = new ArrayList<>();
            root.forEach(node -> vectors.add(new Vector(file, node)));
            return vectors.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(JsonNode node, MsgpackWriter out) {
        if (node.isTextual()) {
            out.writeString(node.asText());
        } else {
            out.writeArrayHeader(node.size());
            node.forEach(part -> describe(part, out));
        }
    }

    private static Object value(JsonNode type, JsonNode node) {
        String kind = type.get(0).asText();
        if (node.isNull() && !kind.equals("KEY")) {
            return null;
        }
        return switch (kind) {
            case "BOOLEAN" -> node.booleanValue();
            case "BYTE" -> (byte) node.intValue();
            case "SHORT" -> (short) node.intValue();
            case "INT" -> node.intValue();
            case "LONG" -> node.longValue();
            case "FLOAT" -> (float) number(node);
            case "DOUBLE" -> number(node);
            case "BIG_INT" -> node.bigIntegerValue();
            case "BIG_DEC" -> new BigDecimal(node.asText());
            case "STRING" -> node.asText();
            case "CHAR" -> node.asText().charAt(0);
            case "SQL_DATE" -> Date.valueOf(LocalDate.parse(node.asText()));
            case "SQL_TIME" -> {
                LocalTime time = LocalTime.parse(node.asText());
                yield new Time(Time.valueOf(time).getTime() + time.getNano() / 1_000_000);
            }
            case "SQL_TIMESTAMP" -> Timestamp.valueOf(LocalDateTime.parse(node.asText()));
            case "LOCAL_DATE" -> LocalDate.parse(node.asText());
            case "LOCAL_TIME" -> LocalTime.parse(node.asText());
            case "LOCAL_DATE_TIME" -> LocalDateTime.parse(node.asText());
            case "INSTANT" ->
                    Instant.ofEpochSecond(node.get(0).longValue(), node.get(1).longValue());
            case "PICKLED" -> HexFormat.of().parseHex(node.asText());
            case "PRIMITIVE_ARRAY", "BASIC_ARRAY", "OBJECT_ARRAY" -> array(type, node);
            case "LIST" -> {
                List<Object> list = new ArrayList<>();
                node.forEach(element -> list.add(value(type.get(1), element)));
                yield list;
            }
            case "KEY" -> Key.of(value(type.get(1), node));
            case "MAP" -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                node.forEach(
                        pair ->
                                map.put(
                                        value(type.get(1), pair.get(0)),
                                        value(type.get(2), pair.get(1))));
                yield map;
            }
            case "TUPLE" -> {
                Tuple tuple = Tuple.newInstance(node.size());
                for (int i = 0; i < node.size(); i++) {
                    tuple.setField(value(type.get(1).get(i), node.get(i)), i);
                }
                yield tuple;
            }
            case "ROW" -> {
                RowKind rowKind = RowKind.fromByteValue((byte) node.get(0).intValue());
                Row row = Row.withPositions(rowKind, node.size() - 1);
                for (int i = 1; i < node.size(); i++) {
                    row.setField(i - 1, value(type.get(2).get(i - 1), node.get(i)));
                }
                yield row;
            }
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Object array(JsonNode type, JsonNode node) {
        if (node.isTextual()) {
            return HexFormat.of().parseHex(node.asText());
        }
        MsgpackWriter out = new MsgpackWriter();
        describe(type, out);
        Class<?> arrayClass = TypeDescriptors.parse(out.copy(0, out.position())).getTypeClass();
        Object array = Array.newInstance(arrayClass.getComponentType(), node.size());
        for (int i = 0; i < node.size(); i++) {
            Array.set(array, i, value(type.get(1), node.get(i)));
        }
        return array;
    }

    private static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.doubleValue();
    }
}
