/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.flinker.codec.BatchDecoder;
import io.flinker.codec.Key;
import io.flinker.codec.KeyTypeInfo;
import io.flinker.fn.v1.StateApi.StateCall;
import io.flinker.state.StateTypeException;
import io.flinker.state.WorkerStates;
import io.flinker.timers.KeyedTimers;
import io.flinker.timers.TimerType;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateGetResponse;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateResponse;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is exchanged with a worker whose functions have state and timers, besides records: questions
 * for state, and timers both ways.
 *
 * <p>Everything happens in the task's thread.
 */
final class KeyedExchange {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedExchange.class);

    private final WorkerStates states;
    private final KeyedTimers keyedTimers;
    private final TimerWriter timers;
    private final BatchDecoder<Tuple4<Key, Long, Byte, byte[]>> orders;

    /** After so many orders the worker is told that they have been done. */
    private static final int MANY_ORDERS = 10_000;

    private long ordersDone;
    private int ordersToTell;
    private boolean ending;
    private boolean doesNotFit;

    /**
     * @param states answers questions for state
     * @param keyedTimers sets timers
     * @param keyType the type of the keys; null if there are none, and no timers then
     */
    KeyedExchange(WorkerStates states, KeyedTimers keyedTimers, KeyTypeInfo keyType) {
        this.states = states;
        this.keyedTimers = keyedTimers;
        this.timers = keyType == null ? null : new TimerWriter(TimerType.of(keyType));
        this.orders = keyType == null ? null : new BatchDecoder<>(TimerType.of(keyType));
    }

    /** Writes the timers that fire; null if none can. */
    TimerWriter timers() {
        return timers;
    }

    /** The answer to a question for state. */
    StateResponse answer(StateRequest request) {
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
            doesNotFit |= e instanceof StateTypeException;
            // raised in the function that asked, from where it comes back as the task's failure
            LOG.debug("A question for state could not be answered", e);
            String message = e.getMessage();
            return response.setError(message == null ? e.toString() : message).build();
        }
    }

    /** What the failure of a worker is for the task: one that would come again ends the job. */
    Exception ofTask(Exception failure) {
        return doesNotFit ? new SuppressRestartsException(failure) : failure;
    }

    /** Does what a worker says of timers. */
    void setTimers(ByteString entry) {
        byte[] bytes = entry.toByteArray();
        orders.open(bytes, 1, bytes.length - 1);
        ordersToTell += orders.remaining();
        while (orders.hasNext()) {
            keyedTimers.apply(orders.next());
        }
        timers.ordersDone(++ordersDone);
    }

    /**
     * Whether the worker still remembers many orders, as it has not been told that they are done.
     */
    boolean owesAcknowledgement() {
        return ordersToTell >= MANY_ORDERS && !ending;
    }

    /** An entry that tells it. */
    ByteString acknowledgement() {
        ordersToTell = 0;
        return timers.acknowledgement();
    }

    /** Lets no timers fire until the bundle has ended: they would belong to neither of two. */
    void beforeEnd() {
        ending = true;
        keyedTimers.hold();
    }

    /** No iteration over state goes on after the end of a bundle. */
    void afterEnd() {
        ending = false;
        states.close();
        // the worker knows that all it has said has been done
        ordersToTell = 0;
        keyedTimers.release();
    }
}
