/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionResponse;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in. */
class FnServerTest {

    private static final int WORKER = 4711;

    private final FnServer server = FnServer.instance();
    private final AtomicInteger calls = new AtomicInteger();
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        server.expect(WORKER, new Counter());
        channel =
                NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket()))
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .eventLoopGroup(group)
                        .usePlaintext()
                        .build();
    }

    @AfterEach
    void disconnect() throws Exception {
        server.forget(WORKER);
        channel.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    private Path socket() {
        return Path.of(server.endpoint().substring("unix:".length()));
    }

    @Test
    void theTokenLetsIn() throws Exception {
        assertEquals(Status.Code.OK, call(server.token(), Integer.toString(WORKER)));
        assertEquals(1, calls.get());
    }

    @Test
    void anotherTokenDoesNot() throws Exception {
        String wrong = "0".repeat(server.token().length());
        assertEquals(Status.Code.UNAUTHENTICATED, call(wrong, Integer.toString(WORKER)));
        assertEquals(Status.Code.UNAUTHENTICATED, call(null, Integer.toString(WORKER)));
        assertEquals(0, calls.get());
    }

    @Test
    void aWorkerThatNobodyExpectsIsNotLetIn() throws Exception {
        assertEquals(Status.Code.UNAUTHENTICATED, call(server.token(), "4712"));
        assertEquals(Status.Code.UNAUTHENTICATED, call(server.token(), null));
        assertEquals(0, calls.get());
    }

    @Test
    void theSocketIsTheUsersAlone() throws Exception {
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent())));
        assertTrue(server.token().length() >= 32);
    }

    private Status.Code call(String token, String worker) throws Exception {
        Metadata headers = new Metadata();
        put(headers, "flinker-token", token);
        put(headers, "worker_id", worker);
        @SuppressWarnings("unchecked")
        MethodDescriptor<Elements, Elements> method =
                (MethodDescriptor<Elements, Elements>)
                        FnServices.data(ignored -> null)
                                .getMethods()
                                .iterator()
                                .next()
                                .getMethodDescriptor();
        CompletableFuture<Status> ended = new CompletableFuture<>();
        ClientCall<Elements, Elements> call = channel.newCall(method, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                headers);
        call.request(1);
        call.halfClose();
        return ended.get(10, TimeUnit.SECONDS).getCode();
    }

    private static void put(Metadata headers, String name, String value) {
        if (value != null) {
            headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        }
    }

    /** Counts the calls and ends them at once. */
    private final class Counter implements WorkerStreams {

        @Override
        public StreamObserver<InstructionResponse> control(
                StreamObserver<InstructionRequest> requests) {
            throw new AssertionError("nobody calls it");
        }

        @Override
        public StreamObserver<StateRequest> state(StreamObserver<StateResponse> toWorker) {
            throw new AssertionError("nobody calls it");
        }

        @Override
        public StreamObserver<Elements> data(ServerCallStreamObserver<Elements> toWorker) {
            calls.incrementAndGet();
            return new StreamObserver<>() {
                @Override
                public void onNext(Elements elements) {}

                @Override
                public void onError(Throwable t) {}

                @Override
                public void onCompleted() {
                    toWorker.onCompleted();
                }
            };
        }
    }
}
