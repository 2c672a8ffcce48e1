/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded.rpc;

import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.runtime.rpc.FencedRpcEndpoint;
import org.apache.flink.runtime.rpc.MainThreadValidatorUtil;
import org.apache.flink.runtime.rpc.RpcEndpoint;
import org.apache.flink.runtime.rpc.RpcServer;
import org.apache.flink.runtime.rpc.exceptions.EndpointNotStartedException;
import org.apache.flink.runtime.rpc.exceptions.FencingTokenException;
import org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException;
import org.apache.flink.runtime.rpc.exceptions.RpcException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.MdcUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An RPC endpoint and its messages, which are dealt with one after the other, on any thread.
 *
 * <pre>
 *             start              terminate              onStop() is done
 *   STOPPED ---------> STARTED -------------> TERMINATING -----------------> TERMINATED
 *      |    <---------                                                           ^
 *      |      stop         terminate, or a failure of onStart()                  |
 *      +-------------------------------------------------------------------------+
 * </pre>
 *
 * <p>Calls are answered while it is STARTED or TERMINATING. In the other states, and without the
 * right fencing token, they fail if somebody waits for an answer, and are dropped if nobody does.
 */
final class Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    /** So many messages before others may use the thread. */
    private static final int MESSAGES_IN_A_ROW = 32;

    private enum State {
        STOPPED,
        STARTED,
        TERMINATING,
        TERMINATED
    }

    private final RpcEndpoint endpoint;
    private final String address;
    private final Map<String, String> loggingContext;
    private final Executor threads;
    private final MainThreadValidatorUtil mainThread;
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Written by messages only; read by others once the endpoint has TERMINATED. */
    private volatile State state = State.STOPPED;

    Endpoint(
            RpcEndpoint endpoint,
            String address,
            Map<String, String> loggingContext,
            Executor threads) {
        this.endpoint = endpoint;
        this.address = address;
        this.loggingContext = loggingContext;
        this.threads = threads;
        this.mainThread = new MainThreadValidatorUtil(endpoint);
    }

    String address() {
        return address;
    }

    CompletableFuture<Void> terminated() {
        return terminated;
    }

    boolean isA(Class<?> gateway) {
        return gateway.isInstance(endpoint);
    }

    boolean isServedBy(RpcServer server) {
        return server.getTerminationFuture() == terminated;
    }

    // ---- what is asked of it, from any thread

    void start() {
        send(this::handleStart);
    }

    void stop() {
        send(this::handleStop);
    }

    void terminate() {
        send(this::handleTerminate);
    }

    /** Runs something in the endpoint's main thread; nobody waits for it. */
    void tell(Serializable token, String what, Callable<Object> body) {
        send(
                () -> {
                    Throwable refusal = refusal(token, what);
                    if (refusal != null) {
                        LOG.debug("A message is dropped", refusal);
                        return;
                    }
                    try {
                        inMainThread(body);
                    } catch (Throwable t) {
                        // no error for the user: it is a message too late for a job that failed,
                        // as far as has been seen, and all goes on
                        LOG.warn("Failure in the main thread of {}: {}", address, what, t);
                        ExceptionUtils.rethrowIfFatalErrorOrOOM(t);
                    }
                });
    }

    /** Runs something in the endpoint's main thread; a future as its result stands for its own. */
    void ask(
            Serializable token,
            String what,
            Callable<Object> body,
            CompletableFuture<Object> answer) {
        send(
                () -> {
                    Throwable refusal = refusal(token, what);
                    if (refusal != null) {
                        answer.completeExceptionally(refusal);
                        return;
                    }
                    Object result;
                    try {
                        result = inMainThread(body);
                    } catch (Throwable t) {
                        answer.completeExceptionally(t);
                        return;
                    }
                    if (result instanceof CompletableFuture<?> later) {
                        CompletableFuture<?> unused =
                                later.whenComplete(
                                        (value, failure) -> pass(value, failure, answer));
                    } else {
                        answer.complete(result);
                    }
                });
    }

    /** The result of a call may come from any thread, what depends on the answer runs in ours. */
    private void pass(Object value, Throwable failure, CompletableFuture<Object> answer) {
        threads.execute(
                () -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(
                                ExceptionUtils.stripCompletionException(failure));
                    }
                });
    }

    /** Calls a method of the endpoint's; for use within a message. */
    Object invoke(Method method, Object[] args) throws Exception {
        try {
            // an interface may be less visible than its methods
            method.setAccessible(true);
            return method.invoke(endpoint, args);
        } catch (InvocationTargetException e) {
            ExceptionUtils.rethrowException(e.getTargetException());
            throw e;
        }
    }

    private Throwable refusal(Serializable token, String what) {
        switch (state) {
            case STOPPED:
                return new EndpointNotStartedException(
                        "Discard "
                                + what
                                + ", because the rpc endpoint "
                                + address
                                + " has not been started yet.");
            case TERMINATED:
                return new RecipientUnreachableException("unknown", address, what);
            default:
                break;
        }
        if (endpoint instanceof FencedRpcEndpoint<?> fenced
                && !Objects.equals(fenced.getFencingToken(), token)) {
            return new FencingTokenException(
                    "Fencing token mismatch: Ignoring "
                            + what
                            + " because the fencing token "
                            + token
                            + " did not match the expected fencing token "
                            + fenced.getFencingToken()
                            + ".");
        }
        return null;
    }

    // ---- its life; within messages

    private void handleStart() {
        if (state != State.STOPPED) {
            return;
        }
        state = State.STARTED;
        try {
            inMainThread(
                    () -> {
                        endpoint.internalCallOnStart();
                        return null;
                    });
        } catch (Throwable t) {
            end(
                    new RpcException(
                            "Could not start RpcEndpoint " + endpoint.getEndpointId() + ".", t));
        }
    }

    private void handleStop() {
        if (state == State.STARTED) {
            state = State.STOPPED;
        }
    }

    private void handleTerminate() {
        if (state == State.STOPPED) {
            end(null);
        } else if (state == State.STARTED) {
            state = State.TERMINATING;
            CompletableFuture<Void> stopped;
            try {
                stopped = inMainThread(endpoint::internalCallOnStop);
            } catch (Throwable t) {
                stopped =
                        CompletableFuture.failedFuture(
                                new RpcException(
                                        "Failure while stopping RpcEndpoint "
                                                + endpoint.getEndpointId()
                                                + ".",
                                        t));
            }
            // after the messages that onStop() has sent to its own endpoint
            CompletableFuture<?> unused =
                    stopped.whenComplete((done, failure) -> send(() -> end(failure)));
        }
    }

    private void end(Throwable failure) {
        if (state == State.TERMINATED) {
            return;
        }
        state = State.TERMINATED;
        // elsewhere, as it may wait for messages of this endpoint
        threads.execute(
                () -> {
                    if (failure == null) {
                        terminated.complete(null);
                    } else {
                        terminated.completeExceptionally(
                                ExceptionUtils.stripCompletionException(failure));
                    }
                });
    }

    private <T> T inMainThread(Callable<T> body) throws Exception {
        mainThread.enterMainThread();
        try {
            return body.call();
        } finally {
            mainThread.exitMainThread();
        }
    }

    // ---- one after the other

    private void send(Runnable message) {
        messages.add(message);
        schedule();
    }

    private void schedule() {
        if (!messages.isEmpty() && scheduled.compareAndSet(false, true)) {
            threads.execute(this::work);
        }
    }

    private void work() {
        try (MdcUtils.MdcCloseable context = MdcUtils.withContext(loggingContext)) {
            for (int i = 0; i < MESSAGES_IN_A_ROW; i++) {
                Runnable message = messages.poll();
                if (message == null) {
                    break;
                }
                message.run();
            }
        } finally {
            scheduled.set(false);
            schedule();
        }
    }
}
