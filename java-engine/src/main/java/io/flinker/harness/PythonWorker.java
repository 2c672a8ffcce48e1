/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.flinker.fn.v1.NurseryApi.StartWorker;
import io.flinker.fn.v1.WorkerApi.Failure;
import io.flinker.fn.v1.WorkerApi.Metrics;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionResponse;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.ProcessBundleDescriptor;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.ProcessBundleProgressRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.ProcessBundleRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.RegisterRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Python process that runs the functions of one operator instance.
 *
 * <pre>
 * start() -> awaitReady() -> [ startBundle() -> send()* ]* -> close()
 *    at any point: abort()
 * </pre>
 *
 * <p>The owner's thread calls these methods. What the worker says comes on the threads of the
 * harness: see {@link WorkerListener}. A worker that ends by itself fails what is waited for, and
 * the listener.
 */
public final class PythonWorker implements WorkerStreams, WorkerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(PythonWorker.class);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String DESCRIPTOR = "chain";
    private static final String OPEN = "open";
    private static final String CLOSE = "close";
    private static final String FAILURE = "flinker:failure:v1";
    private static final long READ_AHEAD_BYTES = 1 << 20;
    private static final String METRICS = "metrics";
    private static final String METRICS_DATA = "flinker:metrics:v1";
    private static final long CONNECT_SECONDS = 60;
    private static final long EXIT_SECONDS = 5;
    private static final long GRACE_MILLIS = 1000;

    private final int number = NUMBERS.incrementAndGet();
    private final FnServer server;
    private final Owner owner;
    private final ProcessBundleDescriptor functions;
    private final WorkerListener listener;
    private final Consumer<Metrics> metrics;
    private final WorkerHost host;
    private final MetricClock clock = new MetricClock(this::askForMetrics);
    private final Nursery.Tail lastWords = new Nursery.Tail();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> exited = new CompletableFuture<>();

    /** Held for each message to the worker: two threads send. */
    private final Object sending = new Object();

    private volatile StreamObserver<InstructionRequest> requests;
    private volatile ServerCallStreamObserver<Elements> entries;
    private volatile StreamObserver<StateResponse> answers;
    private volatile boolean leaving;

    // How much has been read and not been consumed; whether the next message waits for that.
    // Guarded by readAhead.
    private final Object readAhead = new Object();
    private long unconsumed;
    private boolean holding;

    // What has come of the answer to the current bundle; guarded by this.
    private boolean resultsEnded;
    private boolean answered;
    private Exception failure;
    private boolean failureTold;

    /**
     * Whom a worker works for, in the words of error messages.
     *
     * @param name the operator
     * @param subtask which parallel instance, from 0
     * @param parallelism how many there are
     */
    public record Owner(String name, int subtask, int parallelism) {
        @Override
        public String toString() {
            return "operator '" + name + "', subtask " + (subtask + 1) + " of " + parallelism;
        }
    }

    private PythonWorker(
            FnServer server,
            PythonSettings settings,
            ProcessBundleDescriptor functions,
            Owner owner,
            WorkerListener listener,
            Consumer<Metrics> metrics)
            throws IOException {
        this.server = server;
        this.owner = owner;
        this.functions = functions;
        this.listener = listener;
        this.metrics = metrics;
        this.host = settings.inClient() ? ClientHost.instance() : Nursery.of(settings);
    }

    /**
     * Starts a worker, and returns before it is there.
     *
     * @param metrics hears of the functions' metrics, on the threads of the harness
     * @throws IOException if the interpreter cannot be run
     */
    public static PythonWorker start(
            PythonSettings settings,
            ProcessBundleDescriptor functions,
            Owner owner,
            WorkerListener listener,
            Consumer<Metrics> metrics)
            throws IOException {
        FnServer server = FnServer.instance();
        PythonWorker worker =
                new PythonWorker(server, settings, functions, owner, listener, metrics);
        server.expect(worker.number, worker);
        StartWorker order =
                StartWorker.newBuilder()
                        .setWorker(worker.number)
                        .setEndpoint(server.endpoint())
                        .setToken(server.token())
                        .setDirectory(settings.directory())
                        .addAllPath(settings.path())
                        .putAllEnvironment(settings.environment())
                        .putAllLogLevels(PythonLogs.levels().loggers())
                        .setLogDisabled(PythonLogs.levels().disabled())
                        .build();
        worker.host.start(order, worker);
        return worker;
    }

    /** Starts what all workers with these settings share, so that the first one need not wait. */
    public static void prepare(PythonSettings settings) throws IOException {
        Nursery.of(settings);
        FnServer.instance();
    }

    /**
     * Waits until the functions are open.
     *
     * @param meanwhile is given what becomes done then, and may do something until it is
     * @throws PythonFunctionException if one of them cannot be loaded or opened
     * @throws WorkerDiedException if the worker ends or does not come up in time
     */
    public void awaitReady(Consumer<CompletableFuture<Void>> meanwhile) throws Exception {
        try {
            await(connected, CONNECT_SECONDS);
        } catch (TimeoutException e) {
            throw new WorkerDiedException(
                    "The Python worker of "
                            + owner
                            + " did not come up within "
                            + CONNECT_SECONDS
                            + " seconds."
                            + lastWords.describe());
        }
        // as long as the user's open() takes; the process is watched meanwhile
        meanwhile.accept(opened);
        await(opened, Long.MAX_VALUE);
    }

    /** Announces a bundle, whose entries follow. */
    public void startBundle(String bundle) {
        synchronized (this) {
            resultsEnded = false;
            answered = false;
        }
        request(
                InstructionRequest.newBuilder()
                        .setInstructionId(bundle)
                        .setProcessBundle(
                                ProcessBundleRequest.newBuilder()
                                        .setProcessBundleDescriptorId(DESCRIPTOR))
                        .build());
    }

    /** Sends entries of the current bundle. */
    public void send(Elements elements) {
        synchronized (sending) {
            entries.onNext(elements);
        }
    }

    /** Answers a question for state. */
    public void answer(StateResponse response) {
        synchronized (sending) {
            answers.onNext(response);
        }
    }

    /** Says that a message of results has been dealt with, so that the worker may send another. */
    public void consumed(Elements elements) {
        boolean next;
        synchronized (readAhead) {
            unconsumed -= elements.getSerializedSize();
            next = holding && unconsumed < READ_AHEAD_BYTES;
            holding &= !next;
        }
        if (next) {
            entries.request(1);
        }
    }

    /** Reads on, if there is not too much that nobody has consumed. */
    private boolean mayReadAfter(Elements elements) {
        synchronized (readAhead) {
            unconsumed += elements.getSerializedSize();
            holding = unconsumed >= READ_AHEAD_BYTES;
            return !holding;
        }
    }

    /**
     * Lets the functions close and the process end, and waits for both. All that the worker has
     * printed has been passed on then.
     *
     * @throws PythonFunctionException if a function cannot be closed
     */
    public void close() throws Exception {
        clock.stop();
        try {
            endStream(entries::onCompleted);
            await(closed, Long.MAX_VALUE);
        } finally {
            leave(EXIT_SECONDS * 1000);
        }
    }

    /** Ends the worker, with a moment for its functions to close. */
    public void abort() {
        ServerCallStreamObserver<Elements> stream = entries;
        if (stream == null) {
            leave(0);
            return;
        }
        leaving = true;
        clock.stop();
        endStream(() -> stream.onError(Status.CANCELLED.asRuntimeException()));
        leave(GRACE_MILLIS);
    }

    private void leave(long graceMillis) {
        leaving = true;
        clock.stop();
        StreamObserver<InstructionRequest> stream = requests;
        if (stream != null && !exited.isDone()) {
            endStream(stream::onCompleted);
        }
        boolean interrupted = false;
        try {
            exited.get(graceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
            // it did not leave when it was asked to
        }
        if (!exited.isDone()) {
            host.kill(number);
            try {
                exited.get(EXIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException e) {
                // the nursery looks after it
            }
        }
        server.forget(number);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a stream, which gRPC may have ended already, as after a failure of its own. */
    private void endStream(Runnable stream) {
        synchronized (sending) {
            try {
                stream.run();
            } catch (IllegalStateException e) {
                LOG.debug("A stream of {} has ended before", owner, e);
            }
        }
    }

    private static void await(Future<Void> future, long seconds) throws Exception {
        try {
            future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw e;
        }
    }

    private void request(InstructionRequest request) {
        synchronized (sending) {
            requests.onNext(request);
        }
    }

    /** On the clock's thread, which stops before the streams are ended. */
    private void askForMetrics() {
        synchronized (sending) {
            if (clock.isStopped() || exited.isDone() || entries == null) {
                return;
            }
            requests.onNext(
                    InstructionRequest.newBuilder()
                            .setInstructionId(METRICS)
                            .setProcessBundleProgress(
                                    ProcessBundleProgressRequest.getDefaultInstance())
                            .build());
            // gauges are asked where the functions run, which may be waiting for records
            entries.onNext(Elements.getDefaultInstance());
        }
    }

    // ---- what the worker says

    @Override
    public StreamObserver<InstructionResponse> control(StreamObserver<InstructionRequest> stream) {
        ((ServerCallStreamObserver<InstructionRequest>) stream).setOnCancelHandler(this::broken);
        requests = stream;
        request(
                InstructionRequest.newBuilder()
                        .setInstructionId(OPEN)
                        .setRegister(
                                RegisterRequest.newBuilder()
                                        .addProcessBundleDescriptor(
                                                functions.toBuilder().setId(DESCRIPTOR)))
                        .build());
        checkConnected();
        return new StreamObserver<>() {
            @Override
            public void onNext(InstructionResponse response) {
                answered(response);
            }

            @Override
            public void onError(Throwable t) {
                broken();
            }

            @Override
            public void onCompleted() {
                broken();
            }
        };
    }

    @Override
    public StreamObserver<Elements> data(ServerCallStreamObserver<Elements> stream) {
        stream.setOnCancelHandler(this::broken);
        stream.disableAutoRequest();
        stream.request(1);
        entries = stream;
        checkConnected();
        return new StreamObserver<>() {
            @Override
            public void onNext(Elements elements) {
                boolean readOn = mayReadAfter(elements);
                listener.onElements(elements);
                if (readOn) {
                    stream.request(1);
                }
                int last = elements.getDataCount() - 1;
                if (last >= 0 && elements.getData(last).getIsLast()) {
                    progress(true, false, null);
                }
            }

            @Override
            public void onError(Throwable t) {
                broken();
            }

            @Override
            public void onCompleted() {
                broken();
            }
        };
    }

    @Override
    public StreamObserver<StateRequest> state(StreamObserver<StateResponse> stream) {
        ((ServerCallStreamObserver<StateResponse>) stream).setOnCancelHandler(this::broken);
        answers = stream;
        return new StreamObserver<>() {
            @Override
            public void onNext(StateRequest request) {
                listener.onStateRequest(request);
            }

            @Override
            public void onError(Throwable t) {
                broken();
            }

            @Override
            public void onCompleted() {
                endStream(stream::onCompleted);
            }
        };
    }

    private void checkConnected() {
        if (requests != null && entries != null) {
            connected.complete(null);
        }
    }

    private void answered(InstructionResponse response) {
        takeMetrics(response);
        Exception failed = failureOf(response);
        switch (response.getInstructionId()) {
            case METRICS -> {}
            case OPEN -> complete(opened, failed);
            case CLOSE -> complete(closed, failed);
            default -> progress(false, true, failed);
        }
    }

    private void takeMetrics(InstructionResponse response) {
        ByteString data =
                response.hasProcessBundleProgress()
                        ? response.getProcessBundleProgress()
                                .getMonitoringDataOrDefault(METRICS_DATA, ByteString.EMPTY)
                        : response.getProcessBundle()
                                .getMonitoringDataOrDefault(METRICS_DATA, ByteString.EMPTY);
        if (data.isEmpty()) {
            return;
        }
        try {
            metrics.accept(Metrics.parseFrom(data));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        clock.start();
    }

    private static void complete(CompletableFuture<Void> future, Exception failed) {
        if (failed == null) {
            future.complete(null);
        } else {
            future.completeExceptionally(failed);
        }
    }

    private Exception failureOf(InstructionResponse response) {
        if (response.getError().isEmpty()) {
            return null;
        }
        ByteString message =
                response.getProcessBundle().getMonitoringDataOrDefault(FAILURE, ByteString.EMPTY);
        try {
            return new PythonFunctionException(
                    Failure.parseFrom(message), owner.subtask(), owner.parallelism());
        } catch (InvalidProtocolBufferException e) {
            return new WorkerDiedException(response.getError());
        }
    }

    /** The results of a bundle and the answer to it come on two streams, in any order. */
    private void progress(boolean results, boolean answer, Exception failed) {
        boolean ended;
        Exception tell = null;
        synchronized (this) {
            resultsEnded |= results;
            answered |= answer;
            if (failed != null && failure == null) {
                failure = failed;
            }
            ended = resultsEnded && answered;
            if (ended && failure != null && !failureTold) {
                failureTold = true;
                tell = failure;
            }
        }
        if (tell != null) {
            listener.onFailure(tell);
        } else if (ended) {
            listener.onBundleEnd();
        }
    }

    // ---- how it ends

    @Override
    public Nursery.Tail lastWords() {
        return lastWords;
    }

    @Override
    public void onExit(int status) {
        String how =
                status >= 0
                        ? "ended with exit code " + status
                        : "was killed by signal " + -status + Signals.name(-status);
        end("The Python worker of " + owner + " " + how + "." + lastWords.describe());
    }

    @Override
    public void onLost(String why) {
        end("The Python worker of " + owner + " was lost: " + why);
    }

    private void end(String message) {
        WorkerDiedException death = new WorkerDiedException(message);
        connected.completeExceptionally(death);
        opened.completeExceptionally(death);
        closed.completeExceptionally(death);
        exited.complete(null);
        if (leaving) {
            return;
        }
        Exception tell = null;
        synchronized (this) {
            if (!failureTold) {
                failureTold = true;
                tell = failure == null ? death : failure;
            }
        }
        if (tell != null) {
            listener.onFailure(tell);
        }
    }

    /** A stream has ended before its time: the process has, too, or it is of no more use. */
    private void broken() {
        if (!leaving) {
            server.later(GRACE_MILLIS, this::killIfThere);
        }
    }

    private void killIfThere() {
        if (!exited.isDone()) {
            host.kill(number);
        }
    }
}
