/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * Changes to transformations, for as long as a graph is made of them.
 *
 * <p>Flink offers no way to give a transformation another input or operator, so that is done by
 * reflection.
 */
final class TransformationEdits {

    private static final Field INPUT = field(OneInputTransformation.class, "input");
    private static final Field FACTORY = field(OneInputTransformation.class, "operatorFactory");
    private static final Field TWO_INPUT_FACTORY =
            field(TwoInputTransformation.class, "operatorFactory");
    private static final Field OUTPUT_TYPE = field(Transformation.class, "outputType");

    private static final Field UID = field(Transformation.class, "uid");
    private static final Field UID_HASH = field(Transformation.class, "userProvidedNodeHash");

    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** Gives the transformations back what was theirs. */
    void undo() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    /** Sets the input of a transformation of one input. */
    void input(Transformation<?> of, Transformation<?> input) {
        set(INPUT, of, input);
    }

    /** Sets what a transformation of one or two inputs runs. */
    void factory(Transformation<?> of, StreamOperatorFactory<?> factory) {
        set(of instanceof TwoInputTransformation ? TWO_INPUT_FACTORY : FACTORY, of, factory);
    }

    void outputType(Transformation<?> of, TypeInformation<?> type) {
        set(OUTPUT_TYPE, of, type);
    }

    void name(Transformation<?> of, String name) {
        String before = of.getName();
        undo.push(() -> of.setName(before));
        of.setName(name);
    }

    /**
     * Lets a transformation have the state of the keys of another's records, which are its own now,
     * under the name that this has in savepoints.
     */
    void keys(Transformation<?> of, Transformation<?> keyed) {
        if (!(of instanceof OneInputTransformation<?, ?> one)
                || !(keyed instanceof OneInputTransformation<?, ?> other)
                || other.getStateKeySelector() == null) {
            return;
        }
        keys(one, other);
        if (other.getUid() != null) {
            set(UID, one, other.getUid());
        }
        if (other.getUserProvidedNodeHash() != null) {
            set(UID_HASH, one, other.getUserProvidedNodeHash());
        }
    }

    private <IN> void keys(OneInputTransformation<IN, ?> one, OneInputTransformation<?, ?> other) {
        KeySelector<IN, ?> selector = one.getStateKeySelector();
        TypeInformation<?> type = one.getStateKeyType();
        undo.push(
                () -> {
                    one.setStateKeySelector(selector);
                    one.setStateKeyType(type);
                });
        @SuppressWarnings("unchecked") // its records are those of the other
        KeySelector<IN, ?> keys = (KeySelector<IN, ?>) other.getStateKeySelector();
        one.setStateKeySelector(keys);
        one.setStateKeyType(other.getStateKeyType());
    }

    void parallelism(Transformation<?> of, int parallelism, boolean configured) {
        int before = of.getParallelism();
        boolean wasConfigured = of.isParallelismConfigured();
        undo.push(() -> of.setParallelism(before, wasConfigured));
        of.setParallelism(parallelism, configured);
    }

    void bufferTimeout(Transformation<?> of, long millis) {
        long before = of.getBufferTimeout();
        undo.push(() -> of.setBufferTimeout(before));
        of.setBufferTimeout(millis);
    }

    private void set(Field field, Transformation<?> of, Object value) {
        try {
            Object before = field.get(of);
            field.set(of, value);
            undo.push(() -> restore(field, of, before));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void restore(Field field, Transformation<?> of, Object value) {
        try {
            field.set(of, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Not the Flink that this was built for", e);
        }
    }
}
