/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

/**
 * How much may be on its way to a worker: a megabyte, and no more records than it does in a fifth
 * of a second, going by what it has done lately.
 *
 * <p>A checkpoint's barrier waits for what is on its way. So it never waits long for a slow
 * function, and a quick one never waits for records.
 */
final class Pace {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_RECORDS = 1 << 15;
    private static final int FIRST_RECORDS = 100;
    private static final int BATCH_BYTES = 1 << 16;
    private static final int BATCHES = 4;
    private static final double NANOS = 200e6;

    /** How much what was done before counts each time that something more is done. */
    private static final double FADING = 0.5;

    private int bytes;
    private int records;
    private int mostRecords = FIRST_RECORDS;

    private int done;
    private double fadingDone;
    private double fadingNanos;
    private long busySince;

    /** Whether nothing more should leave. */
    boolean isFull() {
        return bytes >= MOST_BYTES || records >= mostRecords;
    }

    /** Whether so much should leave, however much the worker has to work on. */
    boolean isBatch(int ofBytes, int ofRecords) {
        return ofBytes >= BATCH_BYTES || ofRecords >= Math.max(1, mostRecords / BATCHES);
    }

    /** So much has left. */
    void send(int moreBytes, int moreRecords, long now) {
        if (bytes == 0) {
            busySince = now;
        }
        bytes += moreBytes;
        records += moreRecords;
    }

    /** The worker has done so much. */
    void complete(int lessBytes, int lessRecords) {
        bytes -= lessBytes;
        records -= lessRecords;
        done += lessRecords;
    }

    /** It has done no more than that up to now. */
    void settle(long now) {
        if (done == 0) {
            return;
        }
        fadingDone = fadingDone * FADING + done;
        fadingNanos = fadingNanos * FADING + Math.max(1, now - busySince);
        mostRecords = (int) Math.max(1, Math.min(MOST_RECORDS, fadingDone / fadingNanos * NANOS));
        done = 0;
        busySince = now;
    }
}
