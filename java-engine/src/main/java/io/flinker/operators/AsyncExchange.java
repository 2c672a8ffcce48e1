/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import io.flinker.harness.PythonWorker;
import io.flinker.harness.WorkerListener;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Records out to the worker of an asynchronous function, and results back in as they come.
 *
 * <p>A batch leaves when the worker has less than two to take up; taking one up is no more than to
 * start the calls. How many records are under way is the operator's business. They are numbered in
 * the order in which they leave, and results come with the numbers.
 *
 * <p>There is one bundle, from the first record to {@link #finish}: what is under way is in Flink's
 * checkpoints, so nobody waits for it at a barrier.
 *
 * <p>Everything happens in the task's thread, but for the listener's methods.
 */
final class AsyncExchange<IN, OUT> implements WorkerListener {

    private static final int BATCH_BYTES = 1 << 16;
    private static final int BUSY_ENTRIES = 2;
    private static final String BUNDLE = "1";

    private final MailboxExecutor mailbox;
    private final EntryWriter writer;
    private final AnswerReader<OUT> reader;
    private final StreamRecord<IN> record = new StreamRecord<>(null);
    private PythonWorker worker;

    /** Who waits for the results of a record, by its number. */
    private final Map<Long, ResultFuture<OUT>> waiting = new HashMap<>();

    private long records;

    /** What is to leave. */
    private final ArrayDeque<ByteString> ready = new ArrayDeque<>();

    /** How many entries the worker has not taken up yet. */
    private int entriesInFlight;

    private boolean bundleIsOpen;

    // From the worker's threads to the task's.
    private final Queue<Elements> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean mailIsUnderWay = new AtomicBoolean();
    private volatile boolean bundleEnded;
    private volatile Exception failure;

    AsyncExchange(MailboxExecutor mailbox, PythonChain<OUT> chain) {
        this.mailbox = mailbox;
        writer = new EntryWriter(chain.inputTypes());
        reader = new AnswerReader<>(chain.outputType());
    }

    void use(PythonWorker newWorker) {
        worker = newWorker;
    }

    /** Hands a record over, and its results, when they have come, to the one who waits for them. */
    void invoke(IN value, ResultFuture<OUT> results) {
        waiting.put(records++, results);
        writer.add(0, record.replace(value));
        if (writer.bytes() >= BATCH_BYTES) {
            ready.add(writer.finish());
        }
        sendIfDue();
    }

    /** Ends the bundle, whose results have all come; waits until the worker has said so. */
    void finish() throws Exception {
        if (!bundleIsOpen) {
            return;
        }
        send(element().setIsLast(true));
        while (bundleIsOpen) {
            mailbox.yield();
        }
    }

    private void sendIfDue() {
        while (entriesInFlight < BUSY_ENTRIES) {
            if (ready.isEmpty()) {
                if (writer.isEmpty()) {
                    return;
                }
                ready.add(writer.finish());
            }
            if (!bundleIsOpen) {
                bundleIsOpen = true;
                worker.startBundle(BUNDLE);
            }
            entriesInFlight++;
            send(element().setData(ready.remove()));
        }
    }

    private static Elements.Data.Builder element() {
        return Elements.Data.newBuilder()
                .setInstructionId(BUNDLE)
                .setTransformId(BundleDescriptors.INPUT);
    }

    private void send(Elements.Data.Builder element) {
        worker.send(Elements.newBuilder().addData(element).build());
    }

    // ---- results, in the task's thread

    private void takeResults() throws Exception {
        mailIsUnderWay.set(false);
        // read first: what it speaks of has arrived before
        boolean ended = bundleEnded;
        Exception failed = failure;
        for (Elements elements = arrived.poll(); elements != null; elements = arrived.poll()) {
            for (Elements.Data entry : elements.getDataList()) {
                if (!entry.getIsLast() && reader.read(entry.getData(), this::answer)) {
                    entriesInFlight--;
                }
            }
            worker.consumed(elements);
        }
        if (failed != null) {
            throw failed;
        }
        if (ended) {
            bundleIsOpen = false;
        } else {
            sendIfDue();
        }
    }

    private void answer(long number, Collection<OUT> results) {
        waiting.remove(number).complete(results);
    }

    // ---- what the worker says, in its threads

    @Override
    public void onElements(Elements elements) {
        arrived.add(elements);
        sendMail();
    }

    @Override
    public void onBundleEnd() {
        bundleEnded = true;
        sendMail();
    }

    @Override
    public void onFailure(Exception newFailure) {
        failure = newFailure;
        sendMail();
    }

    private void sendMail() {
        if (mailIsUnderWay.compareAndSet(false, true)) {
            try {
                mailbox.execute(this::takeResults, "results of a Python function");
            } catch (RejectedExecutionException e) {
                // the task has ended; nobody waits for results
            }
        }
    }
}
