/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** A side output of an operator. */
record SideCollector<T>(OutputTag<T> tag, Output<?> output) implements Collector<StreamRecord<T>> {

    @Override
    public void collect(StreamRecord<T> record) {
        output.collect(tag, record);
    }

    @Override
    public void close() {
        // the output is the operator's
    }
}
