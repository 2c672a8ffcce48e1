/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.failure.FailureEnricher;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A mini cluster whose task managers can talk to ones that are added later, and that is watched.
 */
final class GrowingMiniCluster extends MiniCluster {

    private final RestartWatch restarts;

    GrowingMiniCluster(MiniClusterConfiguration configuration, RestartListener listener) {
        super(configuration);
        restarts = new RestartWatch(listener, this::getJobStatus);
    }

    RestartWatch restarts() {
        return restarts;
    }

    /** The mini cluster itself knows no failure enrichers. */
    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory() {
        DispatcherResourceManagerComponentFactory made =
                super.createDispatcherResourceManagerComponentFactory();
        return (config,
                id,
                io,
                rpc,
                ha,
                blobs,
                heartbeats,
                tokens,
                registry,
                store,
                query,
                old,
                handler) -> {
            List<FailureEnricher> enrichers = new ArrayList<>(old);
            enrichers.add(restarts);
            return made.create(
                    config,
                    id,
                    io,
                    rpc,
                    ha,
                    blobs,
                    heartbeats,
                    tokens,
                    registry,
                    store,
                    query,
                    enrichers,
                    handler);
        };
    }

    /** Flink asks for it once a task manager, and a lone one would get no data port. */
    @Override
    protected boolean useLocalCommunication() {
        return false;
    }
}
