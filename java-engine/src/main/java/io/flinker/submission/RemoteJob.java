/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.ClusterClientJobClientAdapter;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** A job on a cluster that runs elsewhere: Flink's client of it, but for the wait for its end. */
final class RemoteJob implements JobClient, CoordinationRequestGateway {

    private final RemoteCluster cluster;
    private final JobID job;
    private final ClassLoader userCode;
    private final ClusterClientJobClientAdapter<StandaloneClusterId> flink;

    RemoteJob(RemoteCluster cluster, JobID job, ClassLoader userCode) {
        this.cluster = cluster;
        this.job = job;
        this.userCode = userCode;
        this.flink = new ClusterClientJobClientAdapter<>(cluster::client, job, userCode);
    }

    @Override
    public JobID getJobID() {
        return job;
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        return flink.getJobStatus();
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return flink.cancel();
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
            boolean advanceToEndOfEventTime, String directory, SavepointFormatType format) {
        return flink.stopWithSavepoint(advanceToEndOfEventTime, directory, format);
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(
            String directory, SavepointFormatType format) {
        return flink.triggerSavepoint(directory, format);
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
        return flink.getAccumulators();
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        return cluster.result(job)
                .thenApply(
                        result -> {
                            try {
                                return result.toJobExecutionResult(userCode);
                            } catch (Exception e) {
                                throw new CompletionException(e);
                            }
                        });
    }

    @Override
    public CompletableFuture<CoordinationResponse> sendCoordinationRequest(
            String operator, CoordinationRequest request) {
        return flink.sendCoordinationRequest(operator, request);
    }
}
