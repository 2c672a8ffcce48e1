/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.pekko.PekkoRpcSystem;

/**
 * Loads Flink's RPC system from the class path.
 *
 * <p>Flink's own loader unpacks a nested jar into a temporary folder and opens a class loader on it
 * at every start, which costs time and keeps those classes out of the class-data archive.
 */
public final class DirectRpcSystemLoader implements RpcSystemLoader {

    @Override
    public int getLoadPriority() {
        return -1;
    }

    @Override
    public RpcSystem loadRpcSystem(Configuration config) {
        return new PekkoRpcSystem();
    }
}
