/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded.rpc;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.runtime.rpc.FencedRpcEndpoint;
import org.apache.flink.runtime.rpc.FencedRpcGateway;
import org.apache.flink.runtime.rpc.RpcEndpoint;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.rpc.RpcServer;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcUtils;
import org.apache.flink.runtime.rpc.exceptions.HandshakeException;
import org.apache.flink.runtime.rpc.exceptions.RpcConnectionException;
import org.apache.flink.util.concurrent.FutureUtils;
import org.apache.flink.util.concurrent.ScheduledExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of this JVM, found by their addresses. All methods may be called from any thread.
 */
final class LocalRpcService implements RpcService {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRpcService.class);
    private static final String SCHEME = "local://rpc/";

    private final RpcThreads threads;
    private final Duration timeout;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private boolean closing;

    LocalRpcService(String name, Duration timeout) {
        this.threads = new RpcThreads(name);
        this.timeout = timeout;
    }

    /** The address of an endpoint. */
    static String address(String endpointId) {
        return SCHEME + endpointId;
    }

    @Override
    public String getAddress() {
        // in Flink's words: it cannot be reached from elsewhere
        return "";
    }

    @Override
    public int getPort() {
        return -1;
    }

    @Override
    public <C extends RpcGateway> C getSelfGateway(Class<C> gateway, RpcServer server) {
        return gateway.cast(server);
    }

    @Override
    public <C extends RpcGateway> CompletableFuture<C> connect(String address, Class<C> gateway) {
        return gatewayTo(address, null, gateway);
    }

    @Override
    public <F extends Serializable, C extends FencedRpcGateway<F>> CompletableFuture<C> connect(
            String address, F fencingToken, Class<C> gateway) {
        return gatewayTo(address, () -> fencingToken, gateway);
    }

    private <C extends RpcGateway> CompletableFuture<C> gatewayTo(
            String address, Supplier<? extends Serializable> token, Class<C> gateway) {
        CompletableFuture<C> connected = new CompletableFuture<>();
        // elsewhere: what depends on it must not run in a caller that holds locks
        threads.execute(
                () -> {
                    Endpoint endpoint = endpoints.get(address);
                    if (endpoint == null) {
                        connected.completeExceptionally(
                                new RpcConnectionException(
                                        "Could not connect to rpc endpoint under address "
                                                + address
                                                + "."));
                    } else if (!endpoint.isA(gateway)) {
                        connected.completeExceptionally(
                                new HandshakeException(
                                        "The rpc endpoint does not support the gateway "
                                                + gateway.getSimpleName()
                                                + "."));
                    } else {
                        GatewayHandler handler =
                                new GatewayHandler(endpoint, token, timeout, threads);
                        connected.complete(gateway.cast(proxy(handler, gateway)));
                    }
                });
        return connected;
    }

    @Override
    public <C extends RpcEndpoint & RpcGateway> RpcServer startServer(
            C rpcEndpoint, Map<String, String> loggingContext) {
        String address = address(rpcEndpoint.getEndpointId());
        Endpoint endpoint = new Endpoint(rpcEndpoint, address, loggingContext, threads);
        synchronized (this) {
            if (closing) {
                throw new IllegalStateException("RpcService is stopped");
            }
            if (endpoints.putIfAbsent(address, endpoint) != null) {
                throw new IllegalStateException("There is an rpc endpoint at " + address);
            }
        }
        CompletableFuture<Void> unused =
                endpoint.terminated()
                        .whenComplete((done, failure) -> endpoints.remove(address, endpoint));
        LOG.debug("Starting RPC endpoint for {} at {}.", rpcEndpoint.getClass().getName(), address);
        Supplier<? extends Serializable> token =
                rpcEndpoint instanceof FencedRpcEndpoint<?> fenced ? fenced::getFencingToken : null;
        Set<Class<? extends RpcGateway>> interfaces =
                RpcUtils.extractImplementedRpcGateways(rpcEndpoint.getClass());
        interfaces.add(RpcServer.class);
        GatewayHandler handler = new GatewayHandler(endpoint, token, timeout, threads);
        return (RpcServer) proxy(handler, interfaces.toArray(Class<?>[]::new));
    }

    private static Object proxy(InvocationHandler handler, Class<?>... interfaces) {
        return Proxy.newProxyInstance(LocalRpcService.class.getClassLoader(), interfaces, handler);
    }

    @Override
    public void stopServer(RpcServer server) {
        Endpoint endpoint = endpoints.get(server.getAddress());
        if (endpoint != null && endpoint.isServedBy(server)) {
            endpoint.terminate();
        }
    }

    @Override
    public ScheduledExecutor getScheduledExecutor() {
        return threads.scheduler();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        synchronized (this) {
            if (closing) {
                return terminated;
            }
            closing = true;
            for (Endpoint endpoint : endpoints.values()) {
                endpoint.terminate();
                ends.add(endpoint.terminated());
            }
        }
        CompletableFuture<Void> unused =
                FutureUtils.waitForAll(ends)
                        .whenComplete(
                                (done, failure) -> {
                                    FutureUtils.doForward(null, failure, terminated);
                                    threads.shutdown();
                                });
        return terminated;
    }
}
