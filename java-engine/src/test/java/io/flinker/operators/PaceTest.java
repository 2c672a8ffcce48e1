/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final int RECORD = 8;
    private static final long MILLI = 1_000_000;

    private final Pace pace = new Pace();
    private long now = 17;

    /** A worker that does so many records a second is given what it may have. Returns how many. */
    private int serve(int recordsASecond, int rounds) {
        int given = 0;
        for (int round = 0; round < rounds; round++) {
            given = 0;
            while (!pace.isFull()) {
                pace.send(RECORD, 1, now);
                given++;
            }
            for (int i = 0; i < given; i++) {
                now += 1000 * MILLI / recordsASecond;
                pace.complete(RECORD, 1);
                pace.settle(now);
            }
        }
        return given;
    }

    @Test
    void nobodyWaitsForTheFirstRecordsOfASlowWorker() {
        assertEquals(4, serve(1, 1));
        assertTrue(pace.isBatch(RECORD, 1));
        assertEquals(1, serve(1, 1));
    }

    @Test
    void aQuickBeginningIsNotTheWorkersSpeed() {
        pace.send(RECORD, 1, now);
        now += 15 * MILLI;
        pace.complete(RECORD, 1);
        pace.settle(now);
        assertEquals(100, serve(10_000, 1));
        assertEquals(2000, serve(10_000, 1), 100);
    }

    @Test
    void aSlowWorkerIsGivenWhatItDoesInAFifthOfASecond() {
        assertEquals(20, serve(100, 5), 2);
        assertEquals(2000, serve(10_000, 30), 100);
    }

    @Test
    void aVerySlowOneIsGivenOneRecord() {
        assertEquals(1, serve(1, 3));
        assertTrue(pace.isBatch(RECORD, 1));
    }

    @Test
    void aQuickOneIsGivenBatchesOfManyRecords() {
        assertEquals(1 << 15, serve(3_000_000, 30));
        assertFalse(pace.isBatch(100, (1 << 13) - 1));
        assertTrue(pace.isBatch(100, 1 << 13));
    }

    @Test
    void largeRecordsFillAMegabyte() {
        assertEquals(1 << 15, serve(3_000_000, 30));
        pace.send(1 << 20, 1, now);
        assertTrue(pace.isFull());
        assertFalse(pace.isBatch((1 << 16) - 1, 1));
        assertTrue(pace.isBatch(1 << 16, 1));
    }

    @Test
    void timeWithoutWorkDoesNotCount() {
        serve(100_000, 30);
        int before = serve(100_000, 1);
        now += 60_000 * MILLI;
        assertEquals(before, serve(100_000, 1), 2);
    }

    @Test
    void onePauseIsMadeUpForSoon() {
        serve(100_000, 30);
        pace.send(RECORD, 1, now);
        now += 1000 * MILLI;
        pace.complete(RECORD, 1);
        pace.settle(now);
        assertEquals(20_000, serve(100_000, 10), 5000);
    }
}
