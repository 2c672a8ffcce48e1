/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.graph;

import io.flinker.codec.PickledByteArrayTypeInfo;
import io.flinker.codec.TypeDescriptors;
import io.flinker.operators.PythonOperatorFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.TimestampsAndWatermarksTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;

/**
 * Streams whose type nobody has declared: it comes from the annotation of a Python function.
 *
 * <p>Without the annotation they would be streams of Python objects. So they are printed as those
 * are, and can be in a union with those.
 */
public final class AnnotatedResults {

    private AnnotatedResults() {}

    /** Notes that the type of a function's results comes from its annotation. */
    public static void mark(DataStream<?> results) {
        if (factory(results.getTransformation()) instanceof PythonOperatorFactory<?, ?> factory) {
            factory.markAnnotated();
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
        if (factory(transformation) instanceof PythonOperatorFactory<?, ?> factory) {
            return factory.isAnnotated()
                    || PythonTransformations.FILTER.equals(factory.functions().get(0).urn())
                            && from(transformation.getInputs().get(0));
        }
        boolean passes =
                transformation instanceof PartitionTransformation
                        || transformation instanceof TimestampsAndWatermarksTransformation
                        || transformation instanceof UnionTransformation;
        return passes && transformation.getInputs().stream().allMatch(AnnotatedResults::from);
    }

    private static Object factory(Transformation<?> transformation) {
        return transformation instanceof OneInputTransformation<?, ?> one
                ? one.getOperatorFactory()
                : null;
    }
}
