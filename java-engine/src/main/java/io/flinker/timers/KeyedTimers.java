/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.timers;

import io.flinker.codec.Key;
import io.flinker.codec.KeySerializer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * The timers of an operator's keys: sets what a worker has set, and says which fire.
 *
 * <p>In the task's thread only.
 */
public final class KeyedTimers implements Triggerable<Key, Key> {

    /** The name under which Flink keeps the timers. */
    public static final String NAME = "python-timers";

    private final Consumer<Key> selectKey;
    private final Firing firing;
    private final Tuple4<Key, Long, Byte, byte[]> timer = new Tuple4<>();
    private InternalTimerService<Key> service;

    private boolean holding;
    private final Set<Held> held = new LinkedHashSet<>();

    /** A timer of processing time that has fired and that nobody has heard of. */
    private record Held(Key key, Key namespace, long time) {}

    /** Hears of timers that fire. */
    @FunctionalInterface
    public interface Firing {
        /**
         * A timer fires.
         *
         * @param timer is another one after the call
         */
        void fire(Tuple4<Key, Long, Byte, byte[]> timer) throws Exception;
    }

    /**
     * @param selectKey makes a key the current one of the operator
     * @param firing hears of timers that fire
     */
    public KeyedTimers(Consumer<Key> selectKey, Firing firing) {
        this.selectKey = selectKey;
        this.firing = firing;
    }

    /** Writes the namespaces of timers, which are bytes. */
    public static TypeSerializer<Key> namespaces() {
        return KeySerializer.ofBytes(BytePrimitiveArraySerializer.INSTANCE);
    }

    /** Sets timers with a service whose timers fire here. */
    public void use(InternalTimerService<Key> newService) {
        service = newService;
    }

    /** Does what a worker says of a timer. */
    public void apply(Tuple4<Key, Long, Byte, byte[]> order) {
        selectKey.accept(order.f0);
        Key namespace = Key.of(order.f3);
        long time = order.f1;
        switch (order.f2) {
            case TimerType.REGISTER_EVENT -> service.registerEventTimeTimer(namespace, time);
            case TimerType.DELETE_EVENT -> service.deleteEventTimeTimer(namespace, time);
            case TimerType.REGISTER_PROCESSING ->
                    service.registerProcessingTimeTimer(namespace, time);
            case TimerType.DELETE_PROCESSING -> {
                service.deleteProcessingTimeTimer(namespace, time);
                held.remove(new Held(order.f0, namespace, time));
            }
            default -> throw new IllegalArgumentException("Not an order: " + order.f2);
        }
    }

    /** Holds timers of processing time back that fire from now on. */
    public void hold() {
        holding = true;
    }

    /** Sets those anew that were held back: they fire at the next opportunity. */
    public void release() {
        holding = false;
        for (Held one : held) {
            selectKey.accept(one.key);
            service.registerProcessingTimeTimer(one.namespace, one.time);
        }
        held.clear();
    }

    @Override
    public void onEventTime(InternalTimer<Key, Key> due) throws Exception {
        fire(due, TimerType.EVENT);
    }

    @Override
    public void onProcessingTime(InternalTimer<Key, Key> due) throws Exception {
        if (holding) {
            held.add(new Held(due.getKey(), due.getNamespace(), due.getTimestamp()));
        } else {
            fire(due, TimerType.PROCESSING);
        }
    }

    private void fire(InternalTimer<Key, Key> due, byte domain) throws Exception {
        timer.f0 = due.getKey();
        timer.f1 = due.getTimestamp();
        timer.f2 = domain;
        timer.f3 = (byte[]) due.getNamespace().value();
        firing.fire(timer);
    }
}
