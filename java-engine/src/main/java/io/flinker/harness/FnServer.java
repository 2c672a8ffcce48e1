/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionResponse;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Fn API's server of this JVM, for all workers.
 *
 * <p>It listens on a unix domain socket in a folder of its own, or on a loopback port where there
 * are none, and lets in who knows the token. All calls are handled on the event loop: nothing here
 * may block.
 */
final class FnServer {

    private static final Logger LOG = LoggerFactory.getLogger(FnServer.class);
    private static final Metadata.Key<String> TOKEN =
            Metadata.Key.of("flinker-token", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> WORKER =
            Metadata.Key.of("worker_id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<WorkerStreams> STREAMS = Context.key("streams");

    private static final long STOP_SECONDS = 5;

    /**
     * A pool of half megabytes, where gRPC's and Netty's own have several of two or four. Nothing
     * gives a pool's direct memory back before a collection or two after the end of a job, each of
     * which has a pool of its own, and a task manager has little of it: a dozen short jobs in a row
     * used it up.
     */
    private static final ByteBufAllocator BUFFERS =
            new PooledByteBufAllocator(
                    true,
                    0,
                    1,
                    PooledByteBufAllocator.defaultPageSize(),
                    6,
                    PooledByteBufAllocator.defaultSmallCacheSize(),
                    PooledByteBufAllocator.defaultNormalCacheSize(),
                    false);

    private static FnServer running;

    /** What unix allows for the name of a socket, with some room. */
    private static final int LONGEST_SOCKET_PATH = 90;

    private final String token = newToken();
    private final ConcurrentMap<String, WorkerStreams> workers = new ConcurrentHashMap<>();
    private final String endpoint;
    private final EventLoopGroup group;
    private final Server server;
    private final Path socket;

    private FnServer() throws IOException {
        group =
                new MultiThreadIoEventLoopGroup(
                        Math.min(4, Runtime.getRuntime().availableProcessors()),
                        new DefaultThreadFactory("flinker-fn", true),
                        NioIoHandler.newFactory());
        socket = socketPath();
        SocketAddress address =
                socket == null
                        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
                        : UnixDomainSocketAddress.of(socket);
        server =
                NettyServerBuilder.forAddress(address)
                        .channelType(
                                socket == null
                                        ? NioServerSocketChannel.class
                                        : NioServerDomainSocketChannel.class)
                        .withChildOption(ChannelOption.ALLOCATOR, BUFFERS)
                        .bossEventLoopGroup(group)
                        .workerEventLoopGroup(group)
                        .directExecutor()
                        .maxInboundMessageSize(Integer.MAX_VALUE)
                        .intercept(new Doorkeeper())
                        .addService(FnServices.control(this::control))
                        .addService(FnServices.data(this::data))
                        .addService(FnServices.state(this::state))
                        .build()
                        .start();
        endpoint = socket == null ? "127.0.0.1:" + server.getPort() : "unix:" + socket;
    }

    /** The one of this JVM, started at first use. */
    static synchronized FnServer instance() {
        if (running == null) {
            try {
                running = new FnServer();
            } catch (IOException e) {
                throw new IllegalStateException(
                        "The server for Python workers could not be started: " + e.getMessage(), e);
            }
        }
        return running;
    }

    /** Ends the one of this JVM, if there is one; no worker may be running. */
    static synchronized void stop() {
        if (running != null) {
            running.end();
            running = null;
        }
    }

    private void end() {
        server.shutdownNow();
        try {
            server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                    .await(STOP_SECONDS, TimeUnit.SECONDS);
            if (socket != null) {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(socket.getParent());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The socket of the Python workers cannot be removed", e);
        }
    }

    String endpoint() {
        return endpoint;
    }

    String token() {
        return token;
    }

    /** Lets a worker of this number in, and gives its calls to these streams. */
    void expect(int worker, WorkerStreams streams) {
        workers.put(Integer.toString(worker), streams);
    }

    void forget(int worker) {
        workers.remove(Integer.toString(worker));
    }

    /**
     * Does something some time from now, unless the server has ended by then.
     *
     * <p>Not on a thread of the JVM's: that would keep the class loader of the job that used it
     * first.
     */
    void later(long millis, Runnable task) {
        if (!group.isShuttingDown()) {
            var unused = group.schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    private StreamObserver<InstructionResponse> control(
            StreamObserver<InstructionRequest> requests) {
        return STREAMS.get().control(requests);
    }

    private StreamObserver<Elements> data(StreamObserver<Elements> toWorker) {
        return STREAMS.get().data((ServerCallStreamObserver<Elements>) toWorker);
    }

    private StreamObserver<StateRequest> state(StreamObserver<StateResponse> toWorker) {
        return STREAMS.get().state(toWorker);
    }

    private final class Doorkeeper implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String presented = headers.get(TOKEN);
            String worker = headers.get(WORKER);
            WorkerStreams streams = worker == null ? null : workers.get(worker);
            if (presented == null || streams == null || !isToken(presented)) {
                call.close(Status.UNAUTHENTICATED, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            Context context = Context.current().withValue(STREAMS, streams);
            return Contexts.interceptCall(context, call, headers, next);
        }
    }

    private boolean isToken(String presented) {
        // in constant time
        return MessageDigest.isEqual(
                presented.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Null where there are no unix domain sockets that gRPC's Python side can use. */
    private static Path socketPath() throws IOException {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return null;
        }
        // readable by this user only
        Path folder = Files.createTempDirectory("fn");
        Path socket = folder.resolve("s");
        if (socket.toString().length() > LONGEST_SOCKET_PATH) {
            Files.delete(folder);
            return null;
        }
        folder.toFile().deleteOnExit();
        socket.toFile().deleteOnExit();
        return socket;
    }
}
