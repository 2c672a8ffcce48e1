/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.harness.ClientHost;
import java.io.IOException;

/** What the client asks and says while it runs the functions of its jobs itself. */
public final class ClientWorkers {

    private ClientWorkers() {}

    /** The descriptors of the protocol. */
    public static byte[] protocol() throws IOException {
        return ClientHost.protocol();
    }

    /** The next request to start or to drop a worker; null if none came in time. */
    public static byte[] next(long millis) throws InterruptedException {
        return ClientHost.instance().next(millis);
    }

    /** Who waits for {@link #next} gets a request of no bytes, after those that there are. */
    public static void stop() {
        ClientHost.instance().stop();
    }

    /** A worker has closed its functions and ended. */
    public static void ended(int worker) {
        ClientHost.instance().ended(worker, 0);
    }
}
