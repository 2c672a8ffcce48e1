/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import com.google.protobuf.ByteString;
import io.flinker.codec.TypeDescriptors;
import io.flinker.fn.v1.WorkerApi.Task;
import java.util.List;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.ProcessBundleDescriptor;
import org.apache.beam.model.pipeline.v1.RunnerApi.Coder;
import org.apache.beam.model.pipeline.v1.RunnerApi.Environment;
import org.apache.beam.model.pipeline.v1.RunnerApi.FunctionSpec;
import org.apache.beam.model.pipeline.v1.RunnerApi.PTransform;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A chain of functions in the words of the Fn API. */
final class BundleDescriptors {

    private static final String TASK = "flinker:env:worker:v1";
    private static final String BATCH_CODER = "flinker:coder:batch:v1";

    private BundleDescriptors() {}

    static ProcessBundleDescriptor of(
            List<PythonFunction> functions,
            TypeInformation<?> inputType,
            TypeInformation<?> outputType,
            Task task) {
        ProcessBundleDescriptor.Builder descriptor =
                ProcessBundleDescriptor.newBuilder()
                        .putCoders("in", coder(inputType))
                        .putCoders("out", coder(outputType))
                        .putEnvironments(
                                TASK,
                                Environment.newBuilder()
                                        .setUrn(TASK)
                                        .setPayload(task.toByteString())
                                        .build());
        for (int i = 0; i < functions.size(); i++) {
            PythonFunction function = functions.get(i);
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
