/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import javax.annotation.Nullable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.functions.sink.filesystem.legacy.StreamingFileSink;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * Flink's sink of 1.x, which leaves no file unfinished at the end of its input.
 *
 * <p>Flink's own leaves the last files of a bounded stream hidden, for ever. This one finishes them
 * in the checkpoint that Flink takes after the end, which keeps them exactly once; a job without
 * checkpoints has no such promise, and there they are finished at the end itself.
 */
@SuppressWarnings("deprecation") // it is what programs for 1.x ask for
final class FinishingFileSink<T> extends StreamingFileSink<T> {

    private static final long serialVersionUID = 1L;
    private static final long LAST = Long.MAX_VALUE;

    @Nullable private final EndOfInputPolicy<T, ?> policy;

    /**
     * @param policy the policy in the builder; null where it rolls at every checkpoint anyway
     */
    FinishingFileSink(
            BucketsBuilder<T, ?, ? extends BucketsBuilder<T, ?, ?>> builder,
            long bucketCheckInterval,
            @Nullable EndOfInputPolicy<T, ?> policy) {
        super(builder, bucketCheckInterval);
        this.policy = policy;
    }

    @Override
    public void finish() throws Exception {
        if (policy != null) {
            policy.end();
        }
        if (!takesCheckpoints((StreamingRuntimeContext) getRuntimeContext())) {
            snapshotState(new LastSnapshot());
            notifyCheckpointComplete(LAST);
        }
    }

    private static boolean takesCheckpoints(StreamingRuntimeContext context) {
        // a job that Flink itself has found to be a batch job keeps its interval, to no effect
        return context.getJobType() == JobType.STREAMING
                && CheckpointingOptions.isCheckpointingEnabled(context.getJobConfiguration());
    }

    /** The checkpoint that a job without checkpoints never takes. */
    private static final class LastSnapshot implements FunctionSnapshotContext {

        @Override
        public long getCheckpointId() {
            return LAST;
        }

        @Override
        public long getCheckpointTimestamp() {
            return LAST;
        }
    }
}
