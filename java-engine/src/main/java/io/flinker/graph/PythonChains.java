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
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
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

    private final IdentityHashMap<Transformation<?>, Integer> consumers = new IdentityHashMap<>();
    private final IdentityHashMap<Transformation<?>, Map<String, OutputTag<?>>> sideOutputs =
            new IdentityHashMap<>();
    private final Set<Transformation<?>> absorbed =
            Collections.newSetFromMap(new IdentityHashMap<>());

    /** Those of two inputs that have taken over what follows them. */
    private final Set<Transformation<?>> heads = Collections.newSetFromMap(new IdentityHashMap<>());

    private final TransformationEdits edits = new TransformationEdits();

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
        List<Transformation<?>> ends = new ArrayList<>();
        for (Transformation<?> transformation : all) {
            if (isPython(transformation)) {
                ends.add(transformation);
            }
        }
        // the later ones first, so that each chain is found from its end
        for (Transformation<?> transformation : all) {
            chains.alignText(transformation);
        }
        ends.sort((a, b) -> Integer.compare(b.getId(), a.getId()));
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
                    consumers.merge(input, 1, Integer::sum);
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
     * What makes text for a sink runs as the sink does: so the records reach the sink's instances
     * as they are partitioned, whatever parallelism the program has given the sink.
     */
    private void alignText(Transformation<?> sink) {
        for (Transformation<?> input : sink.getInputs()) {
            if (isPython(input) && isText(input)) {
                edits.parallelism(input, sink.getParallelism(), sink.isParallelismConfigured());
            }
        }
    }

    private static boolean isText(Transformation<?> python) {
        return function(python).urn().equals(PythonTransformations.TEXT);
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
        return consumers.get(before) == 1
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
            absorbed.addAll(chain.subList(0, chain.size() - 1));
        }
    }

    private PythonOperators<?> whole(List<Transformation<?>> chain) {
        Transformation<?> first = chain.get(0);
        Transformation<?> last = chain.get(chain.size() - 1);
        List<PythonFunction> functions = new ArrayList<>();
        for (Transformation<?> part : chain) {
            // the name that the program has given since
            functions.add(function(part).named(part.getName()));
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
                                        executable));
        whole.setChainingStrategy(strategy(first));
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

    private static PythonFunction function(Transformation<?> python) {
        return operators(python).chain().functions().get(0);
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
