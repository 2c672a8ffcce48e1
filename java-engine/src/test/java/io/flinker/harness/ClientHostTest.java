/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flinker.fn.v1.NurseryApi.NurseryRequest;
import io.flinker.fn.v1.NurseryApi.StartWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the client is asked for, and what becomes of workers that it does not end. */
class ClientHostTest {

    private static final int WORKER = 815;

    private final ClientHost host = ClientHost.instance();
    private final List<Integer> exits = new ArrayList<>();

    @Test
    void aWorkerEndsOnce() throws Exception {
        start();
        assertTrue(next().hasStart());
        assertNull(host.next(0));
        host.ended(WORKER, 0);
        host.ended(WORKER, 0);
        host.kill(WORKER);
        assertNull(host.next(0));
        assertEquals(List.of(0), exits);
    }

    @Test
    void aKilledWorkerIsTakenForEnded() throws Exception {
        start();
        host.kill(WORKER);
        assertEquals(List.of(-9), exits);
        assertEquals(WORKER, next().getStart().getWorker());
        assertEquals(WORKER, next().getKill().getWorker());
        host.ended(WORKER, 0);
        assertEquals(List.of(-9), exits);
    }

    private void start() {
        StartWorker order = StartWorker.newBuilder().setWorker(WORKER).build();
        host.start(
                order,
                new WorkerProcess() {
                    @Override
                    public Nursery.Tail lastWords() {
                        return new Nursery.Tail();
                    }

                    @Override
                    public void onExit(int status) {
                        exits.add(status);
                    }

                    @Override
                    public void onLost(String why) {
                        throw new AssertionError(why);
                    }
                });
    }

    private NurseryRequest next() throws Exception {
        return NurseryRequest.parseFrom(host.next(0));
    }
}
