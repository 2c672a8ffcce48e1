/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsPrintTest {

    private StreamExecutionEnvironment environment;
    private DataStream<Row> rows;

    @BeforeAll
    static void withoutFlinksLog() {
        LogManager.getLogManager().reset();
    }

    @BeforeEach
    void rowsOfAnEnvironmentWithTwoSubtasks() {
        environment = StreamExecutionEnvironment.createLocalEnvironment(2);
        rows =
                environment.fromData(
                        Types.ROW(Types.INT, Types.STRING),
                        Row.of(0, "a"),
                        Row.of(1, "b"),
                        Row.of(2, null),
                        Row.of(3, "d"));
    }

    @Test
    void aTagAndTheSubtaskLead() throws Exception {
        Streams.print(rows.keyBy(row -> (Integer) row.getField(0) % 2), "tag");
        // both odd ones on one subtask, both even ones on one, each in their order
        List<String> lines = printed();
        assertEquals(
                List.of("+I[0,a]", "+I[1,b]", "+I[2,None]", "+I[3,d]"),
                lines.stream().map(line -> line.substring(7)).sorted().toList());
        assertEquals(prefixOf(lines, "+I[0,a]"), prefixOf(lines, "+I[2,None]"));
        assertEquals(prefixOf(lines, "+I[1,b]"), prefixOf(lines, "+I[3,d]"));
        assertEquals("tag:", prefixOf(lines, "+I[0,a]").substring(0, 4));
    }

    @Test
    void theSubtaskAloneWithoutATag() throws Exception {
        Streams.print(rows.rebalance(), null);
        assertEquals(
                List.of("1> ", "2> "),
                printed().stream().map(line -> line.substring(0, 3)).distinct().sorted().toList());
    }

    @Test
    void oneSubtaskKeepsTheOrder() throws Exception {
        Streams.print(rows, null).setParallelism(1);
        assertEquals(List.of("+I[0,a]", "+I[1,b]", "+I[2,None]", "+I[3,d]"), printed());
        Streams.print(rows, "tag").setParallelism(1);
        assertEquals("tag> +I[0,a]", printed().get(0));
    }

    @Test
    void otherRecordsAreWrittenByJava() throws Exception {
        Streams.print(environment.fromData(1.0E16, -0.5), "x").setParallelism(1);
        assertEquals(List.of("x> 1.0E16", "x> -0.5"), printed());
    }

    private static String prefixOf(List<String> lines, String record) {
        return lines.stream()
                .filter(line -> line.endsWith(record))
                .map(line -> line.substring(0, line.length() - record.length()))
                .collect(Collectors.joining());
    }

    private List<String> printed() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            environment.execute();
        } finally {
            System.setOut(before);
        }
        return Stream.of(bytes.toString(StandardCharsets.UTF_8).split("\n")).toList();
    }
}
