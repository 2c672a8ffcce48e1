/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.entrypoint.component.DefaultDispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;

/** A mini cluster that can grow, and that is open to others only if it is to be. */
final class GrowingMiniCluster extends MiniCluster {

    private final boolean closed;

    /**
     * A cluster that is not started yet.
     *
     * @param closed whether its REST server knows no request
     */
    GrowingMiniCluster(MiniClusterConfiguration configuration, boolean closed) {
        super(configuration);
        this.closed = closed;
    }

    /**
     * Flink asks for it once a task manager, and a lone one would get no data port: then it could
     * not talk to those that are added later.
     */
    @Override
    protected boolean useLocalCommunication() {
        return false;
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory() {
        return closed
                ? new DefaultDispatcherResourceManagerComponentFactory(
                        DefaultDispatcherRunnerFactory.createSessionRunner(
                                SessionDispatcherFactory.INSTANCE),
                        StandaloneResourceManagerFactory.getInstance(),
                        ClosedRestEndpoint.factory())
                : super.createDispatcherResourceManagerComponentFactory();
    }
}
