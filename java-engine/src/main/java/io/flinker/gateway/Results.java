/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.codec.BatchEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * The results of a job, fetched by Python in encoded batches.
 *
 * <p>A thread of its own reads ahead from Flink's iterator, whose methods block without a deadline;
 * {@link #next} is called by one thread at a time and never blocks longer than it is told to.
 */
public final class Results<T> implements AutoCloseable {

    private static final int READ_AHEAD = 10_000;
    private static final Object END = new Object();

    private final CloseableIterator<T> iterator;
    private final TypeInformation<T> type;
    private final BatchEncoder<T> encoder;
    private final JobClient job;
    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(READ_AHEAD);
    private final Thread reader = new Thread(this::readAhead, "flinker-results");
    private boolean ended;

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
        CloseableIterator<T> iterator = stream.collectAsync();
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
    @SuppressWarnings("unchecked")
    public byte[] next(int maxRecords, long waitMillis) throws Throwable {
        if (ended) {
            return new byte[0];
        }
        Object first = queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (first == null) {
            return null;
        }
        List<Object> records = new ArrayList<>();
        records.add(first);
        queue.drainTo(records, maxRecords - 1);
        Object last = records.get(records.size() - 1);
        if (last == END || last instanceof Failure) {
            records.remove(records.size() - 1);
            if (records.isEmpty()) {
                ended = true;
                if (last instanceof Failure) {
                    throw ((Failure) last).cause;
                }
                return new byte[0];
            }
            queue.put(last);
        }
        return encoder.encode((List<T>) records);
    }

    /** Cancels the job if it still runs. */
    @Override
    public void close() throws Exception {
        ended = true;
        reader.interrupt();
        iterator.close();
    }

    private void readAhead() {
        try {
            try {
                while (iterator.hasNext()) {
                    queue.put(iterator.next());
                }
                if (job != null) {
                    job.getJobExecutionResult().get();
                }
                queue.put(END);
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable t) {
                queue.put(new Failure(t));
            }
        } catch (InterruptedException e) {
            // closed: nobody waits for more
        }
    }

    private static final class Failure {
        private final Throwable cause;

        Failure(Throwable cause) {
            this.cause = cause;
        }
    }
}
