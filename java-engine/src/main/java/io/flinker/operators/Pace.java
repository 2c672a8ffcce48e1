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
    private static final int BATCH_BYTES = 1 << 16;
    private static final int BATCHES = 4;

    /** Each in a batch of its own, until it is known how long one takes: a second, perhaps. */
    private static final int FIRST_RECORDS = BATCHES;

    /** After a quick beginning, which says little more: most of it is the worker's own. */
    private static final int SECOND_RECORDS = 100;

    private static final double QUICK_NANOS = 20e6;

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
    private boolean isFirst = true;

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
        long nanos = Math.max(1, now - busySince);
        if (isFirst && nanos < QUICK_NANOS) {
            mostRecords = SECOND_RECORDS;
        } else {
            fadingDone = fadingDone * FADING + done;
            fadingNanos = fadingNanos * FADING + nanos;
            double most = Math.min(MOST_RECORDS, fadingDone / fadingNanos * NANOS);
            mostRecords = (int) Math.max(1, most);
        }
        isFirst = false;
        done = 0;
        busySince = now;
    }
}
