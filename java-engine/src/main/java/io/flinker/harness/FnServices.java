/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.BidiStreamingMethod;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionResponse;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateResponse;

/** The Fn API's services as gRPC sees them; the engine serves, the workers call. */
final class FnServices {

    private static final String PACKAGE = "org.apache.beam.model.fn_execution.v1.";

    private FnServices() {}

    static ServerServiceDefinition control(
            BidiStreamingMethod<InstructionResponse, InstructionRequest> handler) {
        return bidirectional(
                "BeamFnControl",
                "Control",
                InstructionResponse.getDefaultInstance(),
                InstructionRequest.getDefaultInstance(),
                handler);
    }

    static ServerServiceDefinition data(BidiStreamingMethod<Elements, Elements> handler) {
        return bidirectional(
                "BeamFnData",
                "Data",
                Elements.getDefaultInstance(),
                Elements.getDefaultInstance(),
                handler);
    }

    static ServerServiceDefinition state(BidiStreamingMethod<StateRequest, StateResponse> handler) {
        return bidirectional(
                "BeamFnState",
                "State",
                StateRequest.getDefaultInstance(),
                StateResponse.getDefaultInstance(),
                handler);
    }

    private static <I extends Message, O extends Message> ServerServiceDefinition bidirectional(
            String service,
            String method,
            I fromWorker,
            O toWorker,
            BidiStreamingMethod<I, O> handler) {
        String name = PACKAGE + service;
        MethodDescriptor<I, O> descriptor =
                MethodDescriptor.<I, O>newBuilder()
                        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                        .setFullMethodName(MethodDescriptor.generateFullMethodName(name, method))
                        .setRequestMarshaller(ProtoUtils.marshaller(fromWorker))
                        .setResponseMarshaller(ProtoUtils.marshaller(toWorker))
                        .build();
        return ServerServiceDefinition.builder(name)
                .addMethod(descriptor, ServerCalls.asyncBidiStreamingCall(handler))
                .build();
    }
}
