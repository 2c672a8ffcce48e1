/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.failure.FailureEnricher;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.entrypoint.component.DefaultDispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;

/** A mini cluster that can grow, is watched, and is open to others only if it is to be. */
final class GrowingMiniCluster extends MiniCluster {

    private final boolean closed;
    private final RestartWatch restarts;

    /**
     * A cluster that is not started yet.
     *
     * @param closed whether its REST server knows no request
     */
    GrowingMiniCluster(
            MiniClusterConfiguration configuration, boolean closed, RestartListener listener) {
        super(configuration);
        this.closed = closed;
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
                closed
                        ? new DefaultDispatcherResourceManagerComponentFactory(
                                DefaultDispatcherRunnerFactory.createSessionRunner(
                                        SessionDispatcherFactory.INSTANCE),
                                StandaloneResourceManagerFactory.getInstance(),
                                ClosedRestEndpoint.factory())
                        : super.createDispatcherResourceManagerComponentFactory();
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

    /**
     * Flink asks for it once a task manager, and a lone one would get no data port: then it could
     * not talk to those that are added later.
     */
    @Override
    protected boolean useLocalCommunication() {
        return false;
    }
}
