/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A mini cluster whose task managers can talk to ones that are added later. */
final class GrowingMiniCluster extends MiniCluster {

    GrowingMiniCluster(MiniClusterConfiguration configuration) {
        super(configuration);
    }

    /** Flink asks for it once a task manager, and a lone one would get no data port. */
    @Override
    protected boolean useLocalCommunication() {
        return false;
    }
}
