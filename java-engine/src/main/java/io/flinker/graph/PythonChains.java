/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.operators.PassThrough;
import io.flinker.operators.PythonChain;
import io.flinker.operators.PythonFunction;
import io.flinker.operators.PythonOperators;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.InvalidProgramException;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;
import org.apache.flink.streaming.api.transformations.LegacySinkTransformation;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;
import org.apache.flink.util.OutputTag;

/**
 * Makes one operator of Python functions that follow each other without a shuffle: they run in one
 * call of one worker, and nothing is encoded between them.
 *
 * <p>The last transformation of a chain takes over the functions of those before it and the input
 * of the first. Where the first has two inputs it is the other way round, as a transformation
 * cannot be given a second input: the first takes over the functions of those after it, and the
 * last, which others refer to, passes its results on.
 *
 * <p>Which side outputs somebody reads is known here, too. Only the last function of a chain can
 * have some, as who reads one consumes its transformation.
 *
 * <p>All that is changed in transformations is undone by {@link #close}.
 */
final class PythonChains implements AutoCloseable {

    private final IdentityHashMap<Transformation<?>, List<Transformation<?>>> consumers =
            new IdentityHashMap<>();
    private final IdentityHashMap<Transformation<?>, Map<String, OutputTag<?>>> sideOutputs =
            new IdentityHashMap<>();
    private final Set<Transformation<?>> absorbed =
            Collections.newSetFromMap(new IdentityHashMap<>());

    /** Those of two inputs that have taken over what follows them. */
    private final Set<Transformation<?>> heads = Collections.newSetFromMap(new IdentityHashMap<>());

    private final TransformationEdits edits = new TransformationEdits();

    private final String settings;
    private final boolean prompt;

    private final boolean batch;

    private PythonChains(String settings, boolean prompt, boolean batch) {
        this.settings = settings;
        this.prompt = prompt;
        this.batch = batch;
    }

    /**
     * Chains the functions of a program.
     *
     * @param settings names the settings of the workers; null: the client's
     * @param prompt whether records of older sources may not wait in network buffers
     * @param batch whether the job will run in batch mode
     */
    static PythonChains of(
            Collection<Transformation<?>> program,
            boolean chaining,
            String settings,
            boolean prompt,
            boolean batch) {
        PythonChains chains = new PythonChains(settings, prompt, batch);
        Set<Transformation<?>> all = chains.count(program);
        List<Transformation<?>> ends = new ArrayList<>();
        for (Transformation<?> transformation : all) {
            if (isPython(transformation)) {
                ends.add(transformation);
            }
        }
        // the later ones first, so that each chain is found from its end
        ends.sort((a, b) -> Integer.compare(b.getId(), a.getId()));
        for (Transformation<?> end : ends) {
            chains.align(end);
        }
        for (Transformation<?> end : ends) {
            if (!chains.absorbed.contains(end) && !chains.heads.contains(end)) {
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
        edits.undo();
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
                if (transformation instanceof SideOutputTransformation<?> side) {
                    OutputTag<?> tag = side.getOutputTag();
                    sideOutputs
                            .computeIfAbsent(side.getInputs().get(0), of -> new LinkedHashMap<>())
                            .put(tag.getId(), tag);
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
    private void align(Transformation<?> python) {
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
            edits.parallelism(python, reader.getParallelism(), reader.isParallelismConfigured());
        }
    }

    private static boolean isForReader(Transformation<?> python) {
        List<PythonFunction> functions = functions(python);
        String urn = functions.get(0).urn();
        return urn.equals(PythonTransformations.TEXT)
                || urn.equals(Partitioning.VALUE)
                        && functions.size() == 1
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

    private void chain(Transformation<?> end, boolean chaining) {
        Deque<Transformation<?>> chain = new ArrayDeque<>();
        chain.push(end);
        while (chaining && chain.peek() instanceof OneInputTransformation<?, ?> first) {
            Transformation<?> before = first.getInputs().get(0);
            if (!isPython(before) || !canFollow(before, first) || !canEnd(before, end)) {
                break;
            }
            chain.push(before);
        }
        merge(new ArrayList<>(chain));
    }

    private boolean canFollow(Transformation<?> before, Transformation<?> after) {
        return !operators(before).standsAlone()
                && !operators(after).standsAlone()
                && consumers.get(before).size() == 1
                && strategy(after) == ChainingStrategy.ALWAYS
                && strategy(before) != ChainingStrategy.NEVER
                && before.getParallelism() == after.getParallelism()
                && before.getMaxParallelism() == after.getMaxParallelism()
                && before.getSlotSharingGroup().equals(after.getSlotSharingGroup());
    }

    /** What passes the results of a first transformation on has no side outputs to pass on. */
    private boolean canEnd(Transformation<?> before, Transformation<?> end) {
        return before instanceof OneInputTransformation || !sideOutputs.containsKey(end);
    }

    private void merge(List<Transformation<?>> chain) {
        Transformation<?> first = chain.get(0);
        Transformation<?> last = chain.get(chain.size() - 1);
        PythonOperators<?> whole = whole(chain);
        if (prompt) {
            first.getInputs().forEach(this::hurry);
        }
        if (chain.size() == 1) {
            edits.factory(last, whole);
            return;
        }
        String name = chain.stream().map(Transformation::getName).collect(Collectors.joining(", "));
        if (first instanceof TwoInputTransformation) {
            edits.factory(first, whole);
            edits.outputType(first, last.getOutputType());
            edits.name(first, name);
            edits.factory(last, passThrough());
            edits.input(last, first);
            heads.add(first);
            absorbed.addAll(chain.subList(1, chain.size() - 1));
        } else {
            edits.factory(last, whole);
            edits.name(last, name);
            edits.input(last, first.getInputs().get(0));
            edits.keys(last, first);
            absorbed.addAll(chain.subList(0, chain.size() - 1));
        }
    }

    /**
     * Flink chains no operator that yields to its mailbox, as ours do, to a source of the older
     * kind. Between the two the records would wait up to 100 ms for others, where to a Java
     * function they would go at once.
     */
    private void hurry(Transformation<?> input) {
        if (input instanceof LegacySourceTransformation<?> source
                && source.getBufferTimeout() < 0) {
            edits.bufferTimeout(source, 0);
        }
    }

    private PythonOperators<?> whole(List<Transformation<?>> chain) {
        Transformation<?> first = chain.get(0);
        Transformation<?> last = chain.get(chain.size() - 1);
        List<PythonFunction> functions = new ArrayList<>();
        for (Transformation<?> part : chain) {
            List<PythonFunction> own = functions(part);
            functions.addAll(own.subList(0, own.size() - 1));
            // the name that the program has given since
            functions.add(own.get(own.size() - 1).named(part.getName()));
        }
        PythonOperators<?> whole =
                operators(first)
                        .with(
                                new PythonChain<>(
                                        functions,
                                        operators(first).chain().inputTypes(),
                                        operators(last).chain().outputType(),
                                        List.copyOf(
                                                sideOutputs.getOrDefault(last, Map.of()).values()),
                                        settings,
                                        operators(first).chain().keyed(),
                                        operators(first).chain().timers(),
                                        operators(first).chain().broadcast()));
        whole.setChainingStrategy(strategy(first));
        if (batch && whole.chain().broadcast() && !whole.chain().keyed()) {
            // where the other input has keys, Flink sees to it
            whole.readBroadcastFirst();
        }
        return whole;
    }

    private static StreamOperatorFactory<?> passThrough() {
        StreamOperatorFactory<?> factory = SimpleOperatorFactory.of(new PassThrough<>());
        factory.setChainingStrategy(ChainingStrategy.ALWAYS);
        return factory;
    }

    private static boolean isPython(Transformation<?> transformation) {
        return factory(transformation) instanceof PythonOperators;
    }

    private static PythonOperators<?> operators(Transformation<?> python) {
        return (PythonOperators<?>) factory(python);
    }

    private static List<PythonFunction> functions(Transformation<?> python) {
        return operators(python).chain().functions();
    }

    private static ChainingStrategy strategy(Transformation<?> python) {
        return operators(python).getChainingStrategy();
    }

    private static StreamOperatorFactory<?> factory(Transformation<?> transformation) {
        if (transformation instanceof OneInputTransformation<?, ?> one) {
            return one.getOperatorFactory();
        }
        if (transformation instanceof TwoInputTransformation<?, ?, ?> two) {
            return two.getOperatorFactory();
        }
        return null;
    }
}
