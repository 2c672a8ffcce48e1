/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.Elements;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.InstructionResponse;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateRequest;
import org.apache.beam.model.fnexecution.v1.BeamFnApi.StateResponse;

/** Takes the calls of one worker; each is made once. */
interface WorkerStreams {

    StreamObserver<InstructionResponse> control(StreamObserver<InstructionRequest> requests);

    StreamObserver<Elements> data(ServerCallStreamObserver<Elements> toWorker);

    /** Made only by workers whose functions have state. */
    StreamObserver<StateRequest> state(StreamObserver<StateResponse> toWorker);
}
