/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Passes records on, a few every millisecond; its first attempt fails at the first record after a
 * checkpoint.
 */
public class FailsAfterCheckpoint<T> extends RichMapFunction<T, T> implements CheckpointListener {

    private static final long serialVersionUID = 1L;
    private static final int EACH_MILLISECOND = 10;

    private transient int passed;
    private transient boolean checkpointed;

    @Override
    public T map(T record) throws InterruptedException {
        if (checkpointed && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
            throw new IllegalStateException("the first attempt fails on purpose");
        }
        if (++passed % EACH_MILLISECOND == 0) {
            Thread.sleep(1);
        }
        return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        checkpointed = true;
    }
}
