/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.FencedRpcEndpoint;
import org.apache.flink.runtime.rpc.FencedRpcGateway;
import org.apache.flink.runtime.rpc.RpcEndpoint;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcTimeout;
import org.apache.flink.runtime.rpc.exceptions.EndpointNotStartedException;
import org.apache.flink.runtime.rpc.exceptions.FencingTokenException;
import org.apache.flink.runtime.rpc.exceptions.HandshakeException;
import org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException;
import org.apache.flink.runtime.rpc.exceptions.RpcConnectionException;
import org.apache.flink.runtime.rpc.exceptions.RpcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LocalRpcServiceTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private RpcService service;

    @BeforeEach
    void start() throws Exception {
        service = RpcSystem.load().localServiceBuilder(new Configuration()).createAndStart();
    }

    @AfterEach
    void stop() throws Exception {
        service.closeAsync().get();
    }

    @Test
    void callsReturnWhatTheMethodsReturn() throws Exception {
        NotesGateway notes = connect(started());
        notes.add(1);
        assertEquals(List.of(1), notes.all().get());
        assertEquals(List.of(1), notes.allAtOnce());
    }

    @Test
    void callsAreDealtWithOneByOneInOrder() throws Exception {
        NotesGateway notes = connect(started());
        List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
        numbers.forEach(notes::add);
        assertEquals(numbers, notes.all().get());
    }

    @Test
    void manyThreadsCallAtOnceAndNothingIsLost() throws Exception {
        Notes endpoint = started();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            NotesGateway notes = connect(endpoint);
            threads.add(new Thread(() -> IntStream.range(0, 1000).forEach(notes::add)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(8000, connect(endpoint).all().get().size());
    }

    @Test
    void aMethodsExceptionReachesTheCaller() throws Exception {
        NotesGateway notes = connect(started());
        Throwable failure = failureOf(notes.fail());
        assertEquals("as asked", failure.getMessage());
        assertInstanceOf(IllegalArgumentException.class, failure);
        assertThrows(RpcException.class, notes::failAtOnce);
    }

    @Test
    void aFailedFutureReachesTheCallerUnwrapped() throws Exception {
        NotesGateway notes = connect(started());
        CompletableFuture<String> answer = notes.later();
        notes.finishLater(null);
        assertInstanceOf(IllegalStateException.class, failureOf(answer));
    }

    @Test
    void theResultOfAFutureReachesTheCaller() throws Exception {
        NotesGateway notes = connect(started());
        CompletableFuture<String> answer = notes.later();
        assertFalse(answer.isDone());
        notes.finishLater("done");
        assertEquals("done", answer.get());
    }

    @Test
    void aCallThatIsNotAnsweredInTimeFails() throws Exception {
        NotesGateway notes = connect(started());
        Throwable failure = failureOf(notes.laterWithin(Duration.ofMillis(20)));
        assertInstanceOf(TimeoutException.class, failure);
        assertTrue(failure.getMessage().contains("laterWithin"), failure.getMessage());
    }

    @Test
    void anEndpointThatIsNotStartedAnswersNothing() throws Exception {
        NotesGateway notes = connect(new Notes(service));
        assertInstanceOf(EndpointNotStartedException.class, failureOf(notes.all()));
    }

    @Test
    void anEndpointThatIsStoppedAnswersNothingUntilItIsStartedAgain() throws Exception {
        Notes endpoint = started();
        NotesGateway notes = connect(endpoint);
        endpoint.pause();
        assertInstanceOf(EndpointNotStartedException.class, failureOf(notes.all()));
        endpoint.start();
        assertEquals(List.of(), notes.all().get());
    }

    @Test
    void anEndpointThatHasTerminatedIsUnreachable() throws Exception {
        Notes endpoint = started();
        NotesGateway notes = connect(endpoint);
        endpoint.closeAsync().get();
        assertInstanceOf(RecipientUnreachableException.class, failureOf(notes.all()));
        Throwable failure = failureOf(service.connect(endpoint.getAddress(), NotesGateway.class));
        assertInstanceOf(RpcConnectionException.class, failure);
    }

    @Test
    void anEndpointAnswersWhileItWaitsToStop() throws Exception {
        Notes endpoint = started();
        NotesGateway notes = connect(endpoint);
        endpoint.mayStop = new CompletableFuture<>();
        CompletableFuture<Void> end = endpoint.closeAsync();
        notes.add(7);
        assertEquals(List.of(7), notes.all().get());
        assertFalse(end.isDone());
        endpoint.mayStop.complete(null);
        end.get();
    }

    @Test
    void aFailureToStopIsThatOfTheTermination() throws Exception {
        Notes endpoint = started();
        endpoint.mayStop = CompletableFuture.failedFuture(new IllegalStateException("stuck"));
        assertEquals("stuck", failureOf(endpoint.closeAsync()).getMessage());
    }

    @Test
    void aFailureToStartEndsTheEndpoint() throws Exception {
        Notes endpoint = new Notes(service);
        endpoint.startFailure = new IllegalStateException("no start");
        endpoint.start();
        Throwable failure = failureOf(endpoint.getTerminationFuture());
        assertInstanceOf(RpcException.class, failure);
        assertEquals("no start", failure.getCause().getMessage());
    }

    @Test
    void connectingToNothingOrToAnotherKindOfEndpointFails() throws Exception {
        assertInstanceOf(
                RpcConnectionException.class,
                failureOf(service.connect("local://rpc/nobody", NotesGateway.class)));
        Notes endpoint = started();
        assertInstanceOf(
                HandshakeException.class,
                failureOf(
                        service.connect(
                                endpoint.getAddress(), UUID.randomUUID(), FencedGateway.class)));
    }

    @Test
    void aFencedEndpointAnswersOnlyThoseWithItsToken() throws Exception {
        UUID token = UUID.randomUUID();
        Fenced endpoint = new Fenced(service, token);
        endpoint.start();
        FencedGateway right =
                service.connect(endpoint.getAddress(), token, FencedGateway.class).get();
        assertEquals("hello", right.greet().get());
        assertEquals(token, right.getFencingToken());
        FencedGateway wrong =
                service.connect(endpoint.getAddress(), UUID.randomUUID(), FencedGateway.class)
                        .get();
        assertInstanceOf(FencingTokenException.class, failureOf(wrong.greet()));
        // its own gateway has the token
        assertEquals("hello", endpoint.getSelfGateway(FencedGateway.class).greet().get());
    }

    @Test
    void whatRunsInTheMainThreadDoesNotRunBesideACall() throws Exception {
        Notes endpoint = started();
        NotesGateway notes = connect(endpoint);
        CountDownLatch go = new CountDownLatch(1);
        endpoint.run(
                () -> {
                    await(go);
                    endpoint.notes.add(1);
                });
        notes.add(2);
        go.countDown();
        assertEquals(List.of(1, 2), notes.all().get());
        assertEquals(2, endpoint.call(endpoint.notes::size).get());
    }

    @Test
    void aFailureOfARunnableDoesNotEndTheEndpoint() throws Exception {
        Notes endpoint = started();
        endpoint.run(
                () -> {
                    throw new IllegalStateException("only this one");
                });
        assertEquals(List.of(), connect(endpoint).all().get());
    }

    @Test
    void runnablesAreScheduled() throws Exception {
        Notes endpoint = started();
        CompletableFuture<Long> at = new CompletableFuture<>();
        long start = System.nanoTime();
        endpoint.runLater(() -> at.complete(System.nanoTime()), Duration.ofMillis(30));
        assertTrue(at.get() - start >= TimeUnit.MILLISECONDS.toNanos(30));
        CompletableFuture<String> scheduled = new CompletableFuture<>();
        Future<?> unused =
                service.getScheduledExecutor()
                        .schedule(() -> scheduled.complete("ran"), 1, TimeUnit.MILLISECONDS);
        assertEquals("ran", scheduled.get());
    }

    @Test
    void closingTheServiceEndsItsEndpointsAndFailsLaterCalls() throws Exception {
        Notes endpoint = started();
        NotesGateway notes = connect(endpoint);
        service.closeAsync().get();
        assertTrue(endpoint.getTerminationFuture().isDone());
        assertNotNull(failureOf(notes.all()));
        assertThrows(IllegalStateException.class, () -> new Notes(service));
    }

    @Test
    void twoEndpointsCannotHaveOneName() {
        new Notes(service, "taken");
        assertThrows(IllegalStateException.class, () -> new Notes(service, "taken"));
    }

    @Test
    void gatewaysAreEqualToThemselves() throws Exception {
        Notes endpoint = started();
        NotesGateway notes = connect(endpoint);
        assertEquals(notes, notes);
        assertFalse(notes.equals(connect(endpoint)));
        assertEquals(endpoint.getAddress(), notes.getAddress());
        assertEquals("localhost", notes.getHostname());
        assertSame(RpcService.class.getClassLoader(), notes.loader().get());
    }

    private Notes started() {
        Notes endpoint = new Notes(service);
        endpoint.start();
        return endpoint;
    }

    private NotesGateway connect(Notes endpoint) throws Exception {
        return service.connect(endpoint.getAddress(), NotesGateway.class).get();
    }

    private static Throwable failureOf(CompletableFuture<?> future) throws Exception {
        ExecutionException failure =
                assertThrows(
                        ExecutionException.class,
                        () -> future.get(LONG.toMillis(), TimeUnit.MILLISECONDS));
        return failure.getCause();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LONG.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    interface NotesGateway extends RpcGateway {
        void add(int number);

        CompletableFuture<List<Integer>> all();

        List<Integer> allAtOnce();

        CompletableFuture<String> fail();

        String failAtOnce() throws RpcException;

        CompletableFuture<String> later();

        void finishLater(String value);

        CompletableFuture<String> laterWithin(@RpcTimeout Duration timeout);

        CompletableFuture<ClassLoader> loader();
    }

    private static final class Notes extends RpcEndpoint implements NotesGateway {

        private final List<Integer> notes = new ArrayList<>();
        private final CompletableFuture<String> later = new CompletableFuture<>();
        private volatile CompletableFuture<Void> mayStop = CompletableFuture.completedFuture(null);
        private volatile RuntimeException startFailure;

        Notes(RpcService service) {
            super(service);
        }

        Notes(RpcService service, String name) {
            super(service, name);
        }

        void pause() {
            stop();
        }

        void run(Runnable runnable) {
            runAsync(runnable);
        }

        void runLater(Runnable runnable, Duration delay) {
            scheduleRunAsync(runnable, delay);
        }

        <V> CompletableFuture<V> call(java.util.concurrent.Callable<V> callable) {
            return callAsync(callable, LONG);
        }

        @Override
        protected void onStart() {
            if (startFailure != null) {
                throw startFailure;
            }
        }

        @Override
        protected CompletableFuture<Void> onStop() {
            return mayStop;
        }

        @Override
        public void add(int number) {
            validateRunsInMainThread();
            notes.add(number);
        }

        @Override
        public CompletableFuture<List<Integer>> all() {
            return CompletableFuture.completedFuture(List.copyOf(notes));
        }

        @Override
        public List<Integer> allAtOnce() {
            return List.copyOf(notes);
        }

        @Override
        public CompletableFuture<String> fail() {
            throw new IllegalArgumentException("as asked");
        }

        @Override
        public String failAtOnce() {
            throw new IllegalArgumentException("as asked");
        }

        @Override
        public CompletableFuture<String> later() {
            return later;
        }

        @Override
        public void finishLater(String value) {
            if (value == null) {
                later.completeExceptionally(new IllegalStateException("not done"));
            } else {
                later.complete(value);
            }
        }

        @Override
        public CompletableFuture<String> laterWithin(Duration timeout) {
            return later;
        }

        @Override
        public CompletableFuture<ClassLoader> loader() {
            return CompletableFuture.completedFuture(
                    Thread.currentThread().getContextClassLoader());
        }
    }

    interface FencedGateway extends FencedRpcGateway<UUID> {
        CompletableFuture<String> greet();
    }

    private static final class Fenced extends FencedRpcEndpoint<UUID> implements FencedGateway {

        Fenced(RpcService service, UUID token) {
            super(service, token);
        }

        @Override
        public CompletableFuture<String> greet() {
            return CompletableFuture.completedFuture("hello");
        }
    }
}
