/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.codec.PickledByteArrayTypeInfo;
import io.flinker.codec.TypeDescriptors;
import io.flinker.operators.PythonFunction;
import io.flinker.operators.PythonOperators;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.TimestampsAndWatermarksTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;

/**
 * Streams whose type nobody has declared: it comes from the annotation of a Python function.
 *
 * <p>Without the annotation they would be streams of Python objects. So they are printed as those
 * are, and can be in a union with those.
 */
public final class AnnotatedResults {

    /** The kinds of functions whose results are records as they came, if in pairs. */
    private static final Set<String> KEEP_RECORDS =
            Set.of(
                    PythonTransformations.FILTER,
                    PythonTransformations.TIMESTAMPS,
                    Partitioning.VALUE);

    private AnnotatedResults() {}

    /** Notes that the type of a function's results comes from its annotation. */
    public static void mark(DataStream<?> results) {
        if (factory(results.getTransformation()) instanceof PythonOperators<?> operators) {
            operators.markAnnotated();
        }
    }

    /** Whether the records of a stream are results of a function that has been marked. */
    public static boolean in(DataStream<?> stream) {
        return from(stream.getTransformation());
    }

    /**
     * The streams as they can be in a union.
     *
     * <p>If nobody has declared a type for any of them, and the annotations say several, all become
     * streams of Python objects. Otherwise they stay as they are.
     */
    public static List<DataStream<?>> ofOneType(List<DataStream<?>> streams) {
        // the names of a row's fields count here, as they do not for Flink
        if (!streams.stream().allMatch(s -> isPickled(s) || in(s))
                || streams.stream().map(AnnotatedResults::type).distinct().count() == 1) {
            return streams;
        }
        List<DataStream<?>> objects = new ArrayList<>();
        for (DataStream<?> stream : streams) {
            objects.add(isPickled(stream) ? stream : PythonTransformations.pickled(stream));
        }
        return objects;
    }

    private static boolean isPickled(DataStream<?> stream) {
        return stream.getType() instanceof PickledByteArrayTypeInfo;
    }

    private static ByteBuffer type(DataStream<?> stream) {
        return ByteBuffer.wrap(TypeDescriptors.describe(stream.getType()));
    }

    private static boolean from(Transformation<?> transformation) {
        if (factory(transformation) instanceof PythonOperators<?> operators) {
            return operators.isAnnotated()
                    || keepsRecords(operators) && from(transformation.getInputs().get(0));
        }
        boolean passes =
                transformation instanceof PartitionTransformation
                        || transformation instanceof TimestampsAndWatermarksTransformation
                        || transformation instanceof UnionTransformation;
        return passes && transformation.getInputs().stream().allMatch(AnnotatedResults::from);
    }

    /** Whether the results are the records, or pairs with these. */
    private static boolean keepsRecords(PythonOperators<?> operators) {
        List<PythonFunction> functions = operators.chain().functions();
        String urn = functions.get(functions.size() - 1).urn();
        return KEEP_RECORDS.contains(urn) || Partitioning.PAIRS.contains(urn);
    }

    private static Object factory(Transformation<?> transformation) {
        if (transformation instanceof TwoInputTransformation<?, ?, ?> two) {
            return two.getOperatorFactory();
        }
        return transformation instanceof OneInputTransformation<?, ?> one
                ? one.getOperatorFactory()
                : null;
    }
}
