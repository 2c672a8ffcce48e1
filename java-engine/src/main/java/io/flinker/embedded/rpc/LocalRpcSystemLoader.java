/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded.rpc;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;

/** Flink finds the RPC system by this service. */
public final class LocalRpcSystemLoader implements RpcSystemLoader {

    @Override
    public int getLoadPriority() {
        // before any other
        return -1;
    }

    @Override
    public RpcSystem loadRpcSystem(Configuration config) {
        return new LocalRpcSystem();
    }
}
