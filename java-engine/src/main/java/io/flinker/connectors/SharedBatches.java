/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.io.InvalidObjectException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Batches that stay where they are, for jobs that run in this process.
 *
 * <p>Flink serializes a source several times on its way to the reader, and keeps most of the
 * results: <em>measured</em>, 100 MB of values did not fit into a heap of 512 MB. What is
 * serialized here is a number, and reading it gives the object that has been serialized. So that
 * one must not be collected while a job may read it: {@code EmbeddedCluster} sees to that.
 */
final class SharedBatches implements Batches {

    private static final long serialVersionUID = 1L;

    /** Tells another process's numbers from ours. */
    private static final String PROCESS =
            ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());

    private static final AtomicLong COUNTER = new AtomicLong();
    private static final Map<Long, WeakReference<SharedBatches>> ALL = new ConcurrentHashMap<>();

    private final String process = PROCESS;
    private final long number = COUNTER.incrementAndGet();
    private final transient byte[][] batches;

    private SharedBatches(byte[][] batches) {
        this.batches = batches;
    }

    static SharedBatches of(byte[][] batches) {
        ALL.values().removeIf(reference -> reference.get() == null);
        SharedBatches shared = new SharedBatches(batches);
        ALL.put(shared.number, new WeakReference<>(shared));
        return shared;
    }

    @Override
    public byte[][] get() {
        return batches;
    }

    private Object readResolve() throws InvalidObjectException {
        WeakReference<SharedBatches> reference = process.equals(PROCESS) ? ALL.get(number) : null;
        SharedBatches shared = reference == null ? null : reference.get();
        if (shared == null) {
            throw new InvalidObjectException(
                    "The values of this collection are in the process that made the job ("
                            + process
                            + "): it cannot run in another one");
        }
        return shared;
    }
}
