/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.operators.PythonFunction;
import io.flinker.operators.PythonOperatorFactory;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.InvalidProgramException;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;
import org.apache.flink.streaming.api.transformations.LegacySinkTransformation;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;

/**
 * Makes one operator of Python functions that follow each other without a shuffle: they run in one
 * call of one worker, and nothing is encoded between them.
 *
 * <p>The last transformation of a chain takes over the functions of those before it and the input
 * of the first. Flink offers no way to give a transformation another input, so this is done by
 * reflection, for as long as the graph is made: {@link #close} undoes it.
 */
final class PythonChains implements AutoCloseable {

    private static final Field INPUT = field("input");
    private static final Field FACTORY = field("operatorFactory");

    private final IdentityHashMap<Transformation<?>, List<Transformation<?>>> consumers =
            new IdentityHashMap<>();
    private final Set<Transformation<?>> absorbed =
            Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private final String executable;

    private PythonChains(String executable) {
        this.executable = executable;
    }

    /**
     * Chains the functions of a program.
     *
     * @param executable the interpreter that the program asks for; null: the client's own
     */
    static PythonChains of(
            Collection<Transformation<?>> program, boolean chaining, String executable) {
        PythonChains chains = new PythonChains(executable);
        Set<Transformation<?>> all = chains.count(program);
        List<OneInputTransformation<?, ?>> ends = new ArrayList<>();
        for (Transformation<?> transformation : all) {
            if (isPython(transformation)) {
                ends.add((OneInputTransformation<?, ?>) transformation);
            }
        }
        // the later ones first, so that each chain is found from its end
        ends.sort((a, b) -> Integer.compare(b.getId(), a.getId()));
        for (OneInputTransformation<?, ?> end : ends) {
            chains.align(end);
        }
        for (OneInputTransformation<?, ?> end : ends) {
            if (!chains.absorbed.contains(end)) {
                chains.chain(end, chaining);
            }
        }
        return chains;
    }

    /** The transformations that are parts of others now. */
    Set<Transformation<?>> absorbed() {
        return absorbed;
    }

    /** Gives the transformations back what was theirs. */
    @Override
    public void close() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    private Set<Transformation<?>> count(Collection<Transformation<?>> program) {
        Set<Transformation<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Transformation<?>> open = new ArrayDeque<>(program);
        while (!open.isEmpty()) {
            Transformation<?> transformation = open.pop();
            if (seen.add(transformation)) {
                for (Transformation<?> input : transformation.getInputs()) {
                    consumers.computeIfAbsent(input, i -> new ArrayList<>()).add(transformation);
                    open.push(input);
                }
            }
        }
        return seen;
    }

    /**
     * A function that is only there for what reads its results runs as the reader does: so the
     * records reach the reader's instances as they are partitioned, whatever parallelism the
     * program has given it.
     */
    private void align(OneInputTransformation<?, ?> python) {
        if (!isForReader(python)) {
            return;
        }
        Set<Transformation<?>> readers = Collections.newSetFromMap(new IdentityHashMap<>());
        addReaders(python, readers);
        if (readers.stream().mapToInt(Transformation::getParallelism).distinct().count() > 1) {
            throw new InvalidProgramException(
                    "A stream that is partitioned by partition_custom() is read by operators of"
                            + " different parallelism ("
                            + readers.stream()
                                    .map(r -> r.getName() + ": " + r.getParallelism())
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + "): call partition_custom() once for each of them.");
        }
        for (Transformation<?> reader : readers) {
            int parallelism = python.getParallelism();
            boolean configured = python.isParallelismConfigured();
            undo.push(() -> python.setParallelism(parallelism, configured));
            python.setParallelism(reader.getParallelism(), reader.isParallelismConfigured());
        }
    }

    private static boolean isForReader(OneInputTransformation<?, ?> python) {
        String urn = factory(python).functions().get(0).urn();
        return urn.equals(PythonTransformations.TEXT)
                || urn.equals(Partitioning.VALUE)
                        && factory(python).functions().size() == 1
                        && !python.isParallelismConfigured();
    }

    /** The operators that get the records as they are partitioned here. */
    private void addReaders(Transformation<?> of, Set<Transformation<?>> readers) {
        for (Transformation<?> reader : consumers.getOrDefault(of, List.of())) {
            if (reader instanceof UnionTransformation) {
                addReaders(reader, readers);
            } else if (reader instanceof PhysicalTransformation && !isCollected(reader)) {
                readers.add(reader);
            }
        }
    }

    /** Whether records end in the program, which has no parallelism. */
    private static boolean isCollected(Transformation<?> sink) {
        return sink instanceof LegacySinkTransformation<?> legacy
                && legacy.getOperatorFactory() instanceof CollectSinkOperatorFactory;
    }

    private void chain(OneInputTransformation<?, ?> end, boolean chaining) {
        Deque<OneInputTransformation<?, ?>> chain = new ArrayDeque<>();
        chain.push(end);
        while (chaining) {
            OneInputTransformation<?, ?> first = chain.peek();
            Transformation<?> before = first.getInputs().get(0);
            if (!isPython(before) || !canFollow((OneInputTransformation<?, ?>) before, first)) {
                break;
            }
            chain.push((OneInputTransformation<?, ?>) before);
        }
        merge(new ArrayList<>(chain));
    }

    private boolean canFollow(
            OneInputTransformation<?, ?> before, OneInputTransformation<?, ?> after) {
        return consumers.get(before).size() == 1
                && strategy(after) == ChainingStrategy.ALWAYS
                && strategy(before) != ChainingStrategy.NEVER
                && before.getParallelism() == after.getParallelism()
                && before.getMaxParallelism() == after.getMaxParallelism()
                && before.getSlotSharingGroup().equals(after.getSlotSharingGroup());
    }

    private void merge(List<OneInputTransformation<?, ?>> chain) {
        OneInputTransformation<?, ?> first = chain.get(0);
        OneInputTransformation<?, ?> last = chain.get(chain.size() - 1);
        List<PythonFunction> functions = new ArrayList<>();
        for (OneInputTransformation<?, ?> part : chain) {
            List<PythonFunction> own = factory(part).functions();
            functions.addAll(own.subList(0, own.size() - 1));
            // the name that the program has given since
            functions.add(own.get(own.size() - 1).named(part.getName()));
        }
        PythonOperatorFactory<?, ?> whole =
                new PythonOperatorFactory<>(
                        functions,
                        factory(first).inputType(),
                        factory(last).outputType(),
                        executable);
        whole.setChainingStrategy(strategy(first));
        set(FACTORY, last, whole);
        if (chain.size() == 1) {
            return;
        }
        set(INPUT, last, first.getInputs().get(0));
        String name = last.getName();
        undo.push(() -> last.setName(name));
        last.setName(chain.stream().map(Transformation::getName).collect(Collectors.joining(", ")));
        absorbed.addAll(chain.subList(0, chain.size() - 1));
    }

    private static boolean isPython(Transformation<?> transformation) {
        return transformation instanceof OneInputTransformation<?, ?> one
                && one.getOperatorFactory() instanceof PythonOperatorFactory;
    }

    private static PythonOperatorFactory<?, ?> factory(OneInputTransformation<?, ?> python) {
        return (PythonOperatorFactory<?, ?>) python.getOperatorFactory();
    }

    private static ChainingStrategy strategy(OneInputTransformation<?, ?> transformation) {
        return transformation.getOperatorFactory().getChainingStrategy();
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

    private static Field field(String name) {
        try {
            Field field = OneInputTransformation.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Not the Flink that this was built for", e);
        }
    }
}
