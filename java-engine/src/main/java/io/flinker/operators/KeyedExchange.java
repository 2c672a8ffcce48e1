/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.flinker.codec.BatchDecoder;
import io.flinker.codec.Key;
import io.flinker.codec.KeyTypeInfo;
import io.flinker.fn.v1.StateApi.StateCall;
import io.flinker.harness.PythonWorker;
import io.flinker.state.KeyedStates;
import io.flinker.timers.KeyedTimers;
import io.flinker.timers.TimerType;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateGetResponse;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateResponse;
import org.apache.flink.api.java.tuple.Tuple4;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is exchanged with a worker whose functions have state and timers, besides records: questions
 * for state, and timers both ways.
 *
 * <p>Everything happens in the task's thread, but for {@link #add}.
 */
final class KeyedExchange {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedExchange.class);

    /** Ends the waiting for a question. */
    private static final StateRequest NOTHING = StateRequest.getDefaultInstance();

    private final KeyedStates states;
    private final KeyedTimers keyedTimers;
    private final TimerWriter timers;
    private final BatchDecoder<Tuple4<Key, Long, Byte, byte[]>> orders;
    private final BlockingQueue<StateRequest> requests = new LinkedBlockingQueue<>();

    KeyedExchange(KeyedStates states, KeyedTimers keyedTimers, KeyTypeInfo keyType) {
        this.states = states;
        this.keyedTimers = keyedTimers;
        this.timers = new TimerWriter(TimerType.of(keyType));
        this.orders = new BatchDecoder<>(TimerType.of(keyType));
    }

    /** Writes the timers that fire. */
    TimerWriter timers() {
        return timers;
    }

    /** Takes a question; on any thread. */
    void add(StateRequest request) {
        requests.add(request);
    }

    /** Answers the questions that are there. */
    void answer(PythonWorker worker) {
        for (StateRequest request = requests.poll(); request != null; request = requests.poll()) {
            if (request != NOTHING) {
                worker.answer(answerTo(request));
            }
        }
    }

    /** Answers questions until something is done. */
    void serveUntil(CompletableFuture<?> done, PythonWorker worker) {
        done.whenComplete((result, error) -> requests.add(NOTHING));
        try {
            for (StateRequest next = requests.take(); next != NOTHING; next = requests.take()) {
                worker.answer(answerTo(next));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StateResponse answerTo(StateRequest request) {
        StateResponse.Builder response = StateResponse.newBuilder().setId(request.getId());
        try {
            StateCall call = StateCall.parseFrom(request.getStateKey().getRunner().getKey());
            return response.setGet(
                            StateGetResponse.newBuilder()
                                    .setData(states.answer(call).toByteString()))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            // raised in the function that asked, from where it comes back as the task's failure
            LOG.debug("A question for state could not be answered", e);
            String message = e.getMessage();
            return response.setError(message == null ? e.toString() : message).build();
        }
    }

    /** Does what a worker says of timers. */
    void setTimers(ByteString entry) {
        byte[] bytes = entry.toByteArray();
        orders.open(bytes, 1, bytes.length - 1);
        while (orders.hasNext()) {
            keyedTimers.apply(orders.next());
        }
    }

    /** No iteration over state goes on after the end of a bundle. */
    void endBundle() {
        states.close();
    }
}
