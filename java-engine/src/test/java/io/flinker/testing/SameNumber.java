/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.connector.datagen.source.GeneratorFunction;

/** Lets Flink's generator emit the numbers themselves, at the rate that it is told. */
public final class SameNumber implements GeneratorFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
        return number;
    }
}
