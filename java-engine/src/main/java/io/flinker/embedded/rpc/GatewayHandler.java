/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded.rpc;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.runtime.rpc.FencedRpcGateway;
import org.apache.flink.runtime.rpc.MainThreadExecutable;
import org.apache.flink.runtime.rpc.RpcGateway;
import org.apache.flink.runtime.rpc.RpcGatewayUtils;
import org.apache.flink.runtime.rpc.RpcServer;
import org.apache.flink.runtime.rpc.StartStoppable;
import org.apache.flink.runtime.rpc.exceptions.RpcException;
import org.apache.flink.util.ExceptionUtils;

/**
 * What is behind a gateway: it turns calls of the endpoint's methods into messages.
 *
 * <p>Of the two interfaces that are implemented here, the calls come through the proxy as well.
 */
final class GatewayHandler implements InvocationHandler, RpcServer, FencedRpcGateway<Serializable> {

    /** Whose methods are no remote calls. */
    private static final Set<Class<?>> OWN =
            Set.of(
                    Object.class,
                    RpcGateway.class,
                    StartStoppable.class,
                    MainThreadExecutable.class,
                    RpcServer.class,
                    FencedRpcGateway.class);

    private final Endpoint endpoint;
    private final Supplier<? extends Serializable> token;
    private final Duration timeout;
    private final RpcThreads threads;

    /**
     * A way to an endpoint.
     *
     * @param token the fencing token that calls carry; null: they carry none
     * @param timeout for calls that do not name one
     */
    GatewayHandler(
            Endpoint endpoint,
            Supplier<? extends Serializable> token,
            Duration timeout,
            RpcThreads threads) {
        this.endpoint = endpoint;
        this.token = token;
        this.timeout = timeout;
        this.threads = threads;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        if (OWN.contains(method.getDeclaringClass())) {
            if (method.getName().equals("equals") && args.length == 1) {
                return proxy == args[0];
            }
            try {
                return method.invoke(this, args);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }
        return call(method, args);
    }

    private Object call(Method method, Object[] args) throws Exception {
        String what = describe(method);
        Callable<Object> body = () -> endpoint.invoke(method, args);
        if (method.getReturnType() == void.class) {
            endpoint.tell(currentToken(), what, body);
            return null;
        }
        Duration limit =
                RpcGatewayUtils.extractRpcTimeout(method.getParameterAnnotations(), args, timeout);
        CompletableFuture<Object> answer = ask(what, body, limit);
        if (method.getReturnType() == CompletableFuture.class) {
            return answer;
        }
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RpcException(
                    "Failure while obtaining synchronous RPC result.",
                    ExceptionUtils.stripExecutionException(e));
        }
    }

    private CompletableFuture<Object> ask(String what, Callable<Object> body, Duration limit) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        threads.limit(answer, limit.toMillis(), what);
        endpoint.ask(currentToken(), what, body, answer);
        return answer;
    }

    private String describe(Method method) {
        return method.getDeclaringClass().getSimpleName()
                + "."
                + method.getName()
                + " of "
                + endpoint.address();
    }

    private Serializable currentToken() {
        return token == null ? null : token.get();
    }

    // ---- of the gateway itself

    @Override
    public String getAddress() {
        return endpoint.address();
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public Serializable getFencingToken() {
        if (token == null) {
            throw new UnsupportedOperationException(
                    "This gateway to " + getAddress() + " was made without a fencing token");
        }
        return token.get();
    }

    @Override
    public String toString() {
        return "gateway to " + getAddress();
    }

    // ---- of the endpoint's own gateway

    @Override
    public void start() {
        endpoint.start();
    }

    @Override
    public void stop() {
        endpoint.stop();
    }

    @Override
    public CompletableFuture<Void> getTerminationFuture() {
        return endpoint.terminated();
    }

    @Override
    public void runAsync(Runnable runnable) {
        endpoint.tell(
                currentToken(),
                "a runnable",
                () -> {
                    runnable.run();
                    return null;
                });
    }

    @Override
    public void scheduleRunAsync(Runnable runnable, long delayMillis) {
        if (delayMillis <= 0) {
            runAsync(runnable);
        } else {
            threads.later(() -> runAsync(runnable), delayMillis);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> CompletableFuture<V> callAsync(Callable<V> callable, Duration callTimeout) {
        return (CompletableFuture<V>)
                ask("a callable of " + getAddress(), (Callable<Object>) callable, callTimeout);
    }
}
