/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import io.flinker.codec.Key;
import io.flinker.harness.PythonWorker;
import io.flinker.harness.WorkerListener;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Records out to a worker and results back in, in batches and in order.
 *
 * <p>A batch leaves when it is full or when the worker has less than two messages to work on: so
 * records that come now and then do not wait, and those that come thick and fast travel together. A
 * bundle is open from the first record on until {@link #finishBundle}.
 *
 * <p>Everything happens in the task's thread, but for the listener's methods. Waiting is done in
 * the mailbox, whose mails bring the results.
 */
final class PythonExchange<OUT> implements WorkerListener {

    private static final int BUSY_MESSAGES = 2;

    private final MailboxExecutor mailbox;
    private final EntryWriter writer;
    private final Map<String, EntryReader<?>> readers = new HashMap<>();
    private final boolean sendsWatermarks;
    private final boolean bounded;
    private final Pace pace = new Pace();
    private PythonWorker worker;
    private KeyedExchange keyed;

    /** What has been handed over and has not gone on yet: entries and what comes between them. */
    private final ArrayDeque<Object> pending = new ArrayDeque<>();

    private final Elements.Builder ready = Elements.newBuilder();
    private int readyBytes;
    private int readyRecords;
    private int messagesInFlight;
    private long bundles;
    private String bundle;

    // From the worker's threads to the task's. Questions for state may come as soon as the worker
    // is there, before there is anything to answer them from; in place of one, none says that
    // nobody need wait for it.
    private final BlockingQueue<Optional<StateRequest>> questions = new LinkedBlockingQueue<>();
    private final Queue<Elements> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean mailIsUnderWay = new AtomicBoolean();
    private volatile boolean bundleEnded;
    private volatile Exception failure;

    /** An entry on its way; the last one of a message counts for it. */
    private static final class Sent {
        private final int bytes;
        private final int records;
        private boolean lastOfMessage;

        Sent(int bytes, int records) {
            this.bytes = bytes;
            this.records = records;
        }
    }

    /**
     * @param bounded whether {@link #add} waits while too much is on its way
     */
    PythonExchange(
            MailboxExecutor mailbox,
            Output<StreamRecord<OUT>> output,
            PythonChain<OUT> chain,
            boolean bounded) {
        this.mailbox = mailbox;
        this.bounded = bounded;
        this.writer = new EntryWriter(chain.inputTypes());
        this.sendsWatermarks = chain.asksForWatermark();
        readers.put(BundleDescriptors.OUTPUT, new EntryReader<>(chain.outputType(), output));
        for (int i = 0; i < chain.sideOutputs().size(); i++) {
            readers.put(
                    BundleDescriptors.sideOutput(i),
                    sideReader(chain.sideOutputs().get(i), output));
        }
    }

    private static <T> EntryReader<T> sideReader(OutputTag<T> tag, Output<?> output) {
        return new EntryReader<>(tag.getTypeInfo(), new SideCollector<>(tag, output));
    }

    void use(PythonWorker newWorker) {
        worker = newWorker;
    }

    /** Lets the functions have state and timers. */
    void use(KeyedExchange newKeyed) {
        keyed = newKeyed;
    }

    /** Answers questions for state until something is done, where no mails are processed yet. */
    @SuppressWarnings("FutureReturnValueIgnored") // its result is of no interest here
    void serveUntil(CompletableFuture<?> done) {
        if (keyed == null) {
            return;
        }
        done.whenComplete((result, error) -> questions.add(Optional.empty()));
        try {
            for (var next = questions.take(); next.isPresent(); next = questions.take()) {
                worker.answer(keyed.answer(next.get()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a failure of the worker is for the task. */
    Exception ofTask(Exception ofWorker) {
        return keyed == null ? ofWorker : keyed.ofTask(ofWorker);
    }

    private void answerQuestions() {
        for (var next = questions.poll(); next != null; next = questions.poll()) {
            next.ifPresent(question -> worker.answer(keyed.answer(question)));
        }
    }

    /** Hands a record of an input over; waits while too much is on its way. */
    void add(int input, StreamRecord<?> record) throws Exception {
        sealTimers(false);
        if (!writer.takes(record)) {
            sealRecords();
        }
        writer.add(input, record);
        if (pace.isBatch(writer.bytes(), writer.count())) {
            sealRecords();
        }
        awaitRoom();
    }

    private void awaitRoom() throws Exception {
        sendIfDue();
        while (bounded && pace.isFull()) {
            mailbox.yield();
        }
    }

    /** Runs something when the results of all records up to now have gone on. */
    void afterResults(ThrowingRunnable<Exception> event) throws Exception {
        seal();
        if (pending.isEmpty()) {
            event.run();
        } else {
            pending.add(event);
            sendIfDue();
        }
    }

    /** Says that the records from now on come after a watermark; for functions that ask for it. */
    void watermark(long timestamp) {
        if (sendsWatermarks) {
            seal();
            writer.watermark(timestamp);
        }
    }

    /** Waits until the results of all records have gone on; the bundle stays open. */
    void drain() throws Exception {
        seal();
        if (ready.getDataCount() > 0) {
            send();
        }
        while (!pending.isEmpty()) {
            mailbox.yield();
        }
    }

    /** Hands a timer over that fires after the records up to now; waits as {@link #add} does. */
    void addTimer(Tuple4<Key, Long, Byte, byte[]> timer) throws Exception {
        sealRecords();
        if (!keyed.timers().takes(timer)) {
            sealTimers(false);
        }
        keyed.timers().add(timer);
        if (pace.isBatch(keyed.timers().bytes(), keyed.timers().count())) {
            sealTimers(false);
        }
        awaitRoom();
    }

    /** Says that all timers that fire for a watermark have been handed over, if there are any. */
    void endTimers() throws Exception {
        if (!hasTimers()) {
            return;
        }
        sealRecords();
        if (keyed.timers().ofProcessingTime()) {
            sealTimers(false);
        }
        sealTimers(true);
        sendIfDue();
    }

    private boolean hasTimers() {
        return keyed != null && keyed.timers() != null;
    }

    private void sealTimers(boolean last) {
        if (hasTimers() && keyed.timers().hasEntry(last)) {
            TimerWriter timers = keyed.timers();
            put(BundleDescriptors.TIMERS, timers.count(), timers.finish(last));
        }
    }

    /** Waits until the results of all records have gone on, and the worker has said so. */
    void finishBundle() throws Exception {
        seal();
        if (bundle == null && ready.getDataCount() == 0) {
            return;
        }
        openBundle();
        if (keyed != null) {
            keyed.beforeEnd();
        }
        ready.addDataBuilder()
                .setInstructionId(bundle)
                .setTransformId(BundleDescriptors.INPUT)
                .setIsLast(true);
        send();
        while (bundle != null) {
            mailbox.yield();
        }
        if (keyed != null) {
            keyed.afterEnd();
        }
    }

    private void seal() {
        sealTimers(false);
        sealRecords();
    }

    private void sealRecords() {
        if (!writer.isEmpty()) {
            put(BundleDescriptors.INPUT, writer.count(), writer.finish());
        }
    }

    private void put(String transform, int records, ByteString entry) {
        ready.addDataBuilder().setTransformId(transform).setData(entry);
        readyBytes += entry.size();
        readyRecords += records;
        pending.add(new Sent(entry.size(), records));
    }

    private void sendIfDue() {
        if (messagesInFlight < BUSY_MESSAGES) {
            seal();
        }
        if (pace.isBatch(readyBytes, readyRecords)
                || messagesInFlight < BUSY_MESSAGES && ready.getDataCount() > 0) {
            send();
        }
    }

    private void openBundle() {
        if (bundle == null) {
            bundle = Long.toString(++bundles);
            bundleEnded = false;
            worker.startBundle(bundle);
        }
    }

    private void send() {
        openBundle();
        for (Elements.Data.Builder entry : ready.getDataBuilderList()) {
            entry.setInstructionId(bundle);
        }
        if (readyBytes > 0) {
            lastSent().lastOfMessage = true;
            messagesInFlight++;
            pace.send(readyBytes, readyRecords, System.nanoTime());
            readyBytes = 0;
            readyRecords = 0;
        }
        worker.send(ready.build());
        ready.clear();
    }

    private Sent lastSent() {
        for (var at = pending.descendingIterator(); at.hasNext(); ) {
            if (at.next() instanceof Sent sent) {
                return sent;
            }
        }
        throw new IllegalStateException("nothing was sealed");
    }

    // ---- results, in the task's thread

    private void takeResults() throws Exception {
        mailIsUnderWay.set(false);
        answerQuestions();
        // read first: what it speaks of has arrived before
        boolean ended = bundleEnded;
        Exception failed = failure;
        for (Elements elements = arrived.poll(); elements != null; elements = arrived.poll()) {
            for (Elements.Data entry : elements.getDataList()) {
                if (entry.getTransformId().equals(BundleDescriptors.TIMERS)) {
                    setTimers(entry.getData());
                } else if (!entry.getIsLast() && reader(entry).emit(entry.getData())) {
                    completeOne();
                }
            }
            worker.consumed(elements);
        }
        pace.settle(System.nanoTime());
        if (failed != null) {
            throw ofTask(failed);
        }
        if (ended) {
            bundle = null;
        } else {
            sendIfDue();
        }
    }

    private void setTimers(ByteString entry) {
        keyed.setTimers(entry);
        if (keyed.owesAcknowledgement()) {
            put(BundleDescriptors.TIMERS, 0, keyed.acknowledgement());
        }
    }

    private EntryReader<?> reader(Elements.Data entry) {
        return readers.get(entry.getTransformId());
    }

    @SuppressWarnings("unchecked")
    private void completeOne() throws Exception {
        Sent sent = (Sent) pending.remove();
        pace.complete(sent.bytes, sent.records);
        if (sent.lastOfMessage) {
            messagesInFlight--;
        }
        while (!pending.isEmpty() && !(pending.peek() instanceof Sent)) {
            ((ThrowingRunnable<Exception>) pending.remove()).run();
        }
    }

    // ---- what the worker says, in its threads

    @Override
    public void onElements(Elements elements) {
        arrived.add(elements);
        sendMail();
    }

    @Override
    public void onStateRequest(StateRequest request) {
        questions.add(Optional.of(request));
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
                mailbox.execute(this::takeResults, "results of Python functions");
            } catch (RejectedExecutionException e) {
                // the task has ended; nobody waits for results
            }
        }
    }
}
