/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.streaming.api.functions.source.legacy.RichSourceFunction;

/** Emits 0 to 4; its first attempt fails after 2. */
public class FailsAtFirst extends RichSourceFunction<Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public void run(SourceContext<Long> context) {
        boolean first = getRuntimeContext().getTaskInfo().getAttemptNumber() == 0;
        for (long i = 0; i < 5; i++) {
            if (first && i == 3) {
                throw new IllegalStateException("the first attempt fails on purpose");
            }
            context.collect(i);
        }
    }

    @Override
    public void cancel() {
        // run ends by itself
    }
}
