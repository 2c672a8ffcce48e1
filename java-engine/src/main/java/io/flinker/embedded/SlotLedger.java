/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * Remembers how many slots the running jobs were promised.
 *
 * <p>The cluster's own count of free slots lags behind a job's end, so a second job right after the
 * first would grow the cluster for nothing. Not thread-safe: guarded by {@link EmbeddedCluster}.
 */
final class SlotLedger {

    private final Map<JobID, Integer> promised = new HashMap<>();

    /** The slots a job needs: the widest operator of each slot sharing group, added up. */
    static int slotsOf(StreamGraph graph, int defaultParallelism) {
        Map<String, Integer> widest =
                graph.getStreamNodes().stream()
                        .collect(
                                Collectors.toMap(
                                        SlotLedger::groupOf,
                                        node ->
                                                Math.max(
                                                        1, parallelismOf(node, defaultParallelism)),
                                        Math::max));
        return widest.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String groupOf(StreamNode node) {
        String group = node.getSlotSharingGroup();
        return group == null ? "default" : group;
    }

    private static int parallelismOf(StreamNode node, int defaultParallelism) {
        return node.getParallelism() > 0 ? node.getParallelism() : defaultParallelism;
    }

    void promise(JobID job, int slots) {
        promised.put(job, slots);
    }

    void release(JobID job) {
        promised.remove(job);
    }

    boolean isIdle() {
        return promised.isEmpty();
    }

    int promised() {
        return promised.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return promised.keySet().stream()
                .map(Function.<JobID>identity().andThen(JobID::toString))
                .collect(Collectors.joining(", "));
    }
}
