/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import io.flinker.codec.TypeDescriptors;
import io.flinker.fn.v1.WorkerApi.Task;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.ProcessBundleDescriptor;
import org.apache.beam.model.pipeline.v1.RunnerApi.Coder;
import org.apache.beam.model.pipeline.v1.RunnerApi.Environment;
import org.apache.beam.model.pipeline.v1.RunnerApi.FunctionSpec;
import org.apache.beam.model.pipeline.v1.RunnerApi.PCollection;
import org.apache.beam.model.pipeline.v1.RunnerApi.PTransform;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** A chain of functions in the words of the Fn API. */
final class BundleDescriptors {

    /** The transform and the coder of the records, and the coder of those of a second input. */
    static final String INPUT = "in";

    private static final String SECOND_INPUT = "in2";

    /** The transform and the coder of the results. */
    static final String OUTPUT = "out";

    /** The transform of timers, both ways. */
    static final String TIMERS = "timers";

    private static final String TASK = "flinker:env:worker:v1";
    private static final String BATCH_CODER = "flinker:coder:batch:v1";

    private BundleDescriptors() {}

    /** The transform and the coder of the results that go to a side output. */
    static String sideOutput(int index) {
        return OUTPUT + ":" + index;
    }

    static ProcessBundleDescriptor of(PythonChain<?> chain, Task task) {
        ProcessBundleDescriptor.Builder descriptor =
                ProcessBundleDescriptor.newBuilder()
                        .putCoders(INPUT, coder(chain.inputTypes().get(0)))
                        .putCoders(OUTPUT, coder(chain.outputType()))
                        .putEnvironments(
                                TASK,
                                Environment.newBuilder()
                                        .setUrn(TASK)
                                        .setPayload(task.toByteString())
                                        .build());
        if (chain.inputTypes().size() > 1) {
            descriptor.putCoders(SECOND_INPUT, coder(chain.inputTypes().get(1)));
        }
        for (int i = 0; i < chain.sideOutputs().size(); i++) {
            OutputTag<?> tag = chain.sideOutputs().get(i);
            descriptor.putCoders(sideOutput(i), coder(tag.getTypeInfo()));
            descriptor.putPcollections(
                    sideOutput(i), PCollection.newBuilder().setUniqueName(tag.getId()).build());
        }
        for (int i = 0; i < chain.functions().size(); i++) {
            PythonFunction function = chain.functions().get(i);
            descriptor.putTransforms(
                    "f" + i,
                    PTransform.newBuilder()
                            .setUniqueName(function.name())
                            .setSpec(
                                    FunctionSpec.newBuilder()
                                            .setUrn(function.urn())
                                            .setPayload(ByteString.copyFrom(function.payload())))
                            .build());
        }
        return descriptor.build();
    }

    private static Coder coder(TypeInformation<?> type) {
        return Coder.newBuilder()
                .setSpec(
                        FunctionSpec.newBuilder()
                                .setUrn(BATCH_CODER)
                                .setPayload(ByteString.copyFrom(TypeDescriptors.describe(type))))
                .build();
    }
}
