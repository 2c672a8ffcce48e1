/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import io.flinker.fn.v1.NurseryApi.KillWorker;
import io.flinker.fn.v1.NurseryApi.NurseryRequest;
import io.flinker.fn.v1.NurseryApi.StartWorker;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The client's own process as the place where workers run, so that a debugger stops in them.
 *
 * <p>The client fetches the requests that a nursery would get, and says when a worker has ended. It
 * cannot be forced to end one: it may stand at a breakpoint. A worker that is killed is taken for
 * ended, and the client drops it when it can.
 */
public final class ClientHost implements WorkerHost {

    private static final ClientHost INSTANCE = new ClientHost();
    private static final int KILLED = -9;

    private final BlockingQueue<NurseryRequest> requests = new LinkedBlockingQueue<>();
    private final Map<Integer, WorkerProcess> workers = new ConcurrentHashMap<>();

    private ClientHost() {}

    /** The one of this JVM, which has one client. */
    public static ClientHost instance() {
        return INSTANCE;
    }

    @Override
    public void start(StartWorker order, WorkerProcess worker) {
        workers.put(order.getWorker(), worker);
        requests.add(NurseryRequest.newBuilder().setStart(order).build());
    }

    @Override
    public void kill(int worker) {
        if (workers.containsKey(worker)) {
            KillWorker order = KillWorker.newBuilder().setWorker(worker).build();
            requests.add(NurseryRequest.newBuilder().setKill(order).build());
            ended(worker, KILLED);
        }
    }

    /**
     * The next request, as bytes.
     *
     * @return null if none came in time
     */
    public byte[] next(long millis) throws InterruptedException {
        NurseryRequest request = requests.poll(millis, TimeUnit.MILLISECONDS);
        return request == null ? null : request.toByteArray();
    }

    /** Makes {@link #next} return a request of no bytes: the client is about to end. */
    public void stop() {
        requests.add(NurseryRequest.getDefaultInstance());
    }

    /** The client has no more to do with a worker; harmless if that is known. */
    public void ended(int worker, int status) {
        WorkerProcess process = workers.remove(worker);
        if (process != null) {
            process.onExit(status);
        }
    }

    /** The descriptors of the protocol, which a nursery is sent first of all. */
    public static byte[] protocol() throws IOException {
        try (InputStream protocol = ClientHost.class.getResourceAsStream("fn-api.binpb")) {
            return protocol.readAllBytes();
        }
    }
}
