/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.streaming.api.operators.StreamOperatorFactory;

/** What makes operators that run Python functions, whatever number of inputs they have. */
public interface PythonOperators<OUT> extends StreamOperatorFactory<OUT> {

    /** What the operators run. */
    PythonChain<OUT> chain();

    /** Whether the function is an operator alone: never a part of a chain with others. */
    default boolean standsAlone() {
        return false;
    }

    /** Says that the type of the results comes from the function's annotation. */
    void markAnnotated();

    boolean isAnnotated();

    /** Makes operators read all broadcast records before any others; for batch mode. */
    default void readBroadcastFirst() {
        throw new IllegalStateException("There are no broadcast records");
    }

    /** Makes operators of as many inputs that run something else. */
    <NEW> PythonOperators<NEW> with(PythonChain<NEW> chain);
}
