/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.metrics.Counter;

/** A count that is made in a worker; reporters read it from other threads. */
final class PythonCounter implements Counter {

    private volatile long count;

    void set(long newCount) {
        count = newCount;
    }

    @Override
    public long getCount() {
        return count;
    }

    @Override
    public void inc() {
        inc(1);
    }

    @Override
    public synchronized void inc(long n) {
        set(count + n);
    }

    @Override
    public void dec() {
        inc(-1);
    }

    @Override
    public void dec(long n) {
        inc(-n);
    }
}
