/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.BatchEncoder;
import io.flinker.graph.ChainingEnvironment;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * The results of a job, fetched by Python in encoded batches.
 *
 * <p>A thread of its own reads ahead from Flink's iterator, whose methods block without a deadline,
 * and encodes what it reads, as far as there is room; {@link #next} never blocks longer than it is
 * told to.
 */
public final class Results<T> implements AutoCloseable {

    private static final int READ_AHEAD_BYTES = 1 << 20;
    private static final int READ_AHEAD_RECORDS = 10_000;

    private final CloseableIterator<T> iterator;
    private final TypeInformation<T> type;
    private final JobClient job;
    private final Thread reader = new Thread(this::readAhead, "flinker-results");

    // Guarded by this, which is notified of each change.
    private final BatchEncoder<T> encoder;
    private boolean ended;
    private Throwable failure;

    private Results(CloseableIterator<T> iterator, TypeInformation<T> type, JobClient job) {
        this.iterator = iterator;
        this.type = type;
        this.encoder = new BatchEncoder<>(type);
        this.job = job;
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs the environment's job with the stream's records as its result. */
    public static <T> Results<T> start(DataStream<T> stream, String jobName) throws Exception {
        StreamExecutionEnvironment environment = stream.getExecutionEnvironment();
        CloseableIterator<T> iterator = Collecting.collect(stream);
        if (environment instanceof ChainingEnvironment chaining
                && !environment.getCheckpointConfig().isCheckpointingEnabled()) {
            chaining.failForGood();
        }
        JobClient job = environment.executeAsync(jobName);
        return new Results<>(iterator, stream.getType(), job);
    }

    /** The records of an iterator that somebody else has made. */
    public static <T> Results<T> of(CloseableIterator<T> iterator, TypeInformation<T> type) {
        return new Results<>(iterator, type, null);
    }

    /** The type of the records. */
    public TypeInformation<T> type() {
        return type;
    }

    /** The job, or null where the iterator came from elsewhere. */
    public JobClient job() {
        return job;
    }

    /**
     * The next records that are there.
     *
     * @return a batch; null if none came in time; an empty array at the end
     * @throws Throwable the failure of the job
     */
    public synchronized byte[] next(long waitMillis) throws Throwable {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (encoder.count() == 0) {
            if (ended) {
                Throwable cause = failure;
                failure = null;
                if (cause != null) {
                    throw cause;
                }
                return new byte[0];
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        notifyAll();
        return encoder.finish();
    }

    /** Cancels the job if it still runs. */
    @Override
    public void close() throws Exception {
        end(null);
        reader.interrupt();
        iterator.close();
    }

    private void readAhead() {
        try {
            while (iterator.hasNext()) {
                add(iterator.next());
            }
            if (job != null) {
                job.getJobExecutionResult().get();
            }
            end(null);
        } catch (InterruptedException e) {
            // closed: nobody waits for more
        } catch (Throwable t) {
            end(t);
        }
    }

    private synchronized void add(T record) throws InterruptedException {
        while (encoder.bytes() >= READ_AHEAD_BYTES || encoder.count() >= READ_AHEAD_RECORDS) {
            wait();
        }
        encoder.add(record);
        if (encoder.count() == 1) {
            notifyAll();
        }
    }

    private synchronized void end(Throwable cause) {
        if (!ended) {
            ended = true;
            failure = cause;
            notifyAll();
        }
    }
}
