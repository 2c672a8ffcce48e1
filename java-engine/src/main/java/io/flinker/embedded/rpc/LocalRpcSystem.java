/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded.rpc;

import java.net.InetSocketAddress;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcSystem;

/** Makes RPC services that reach the components of their own JVM and no others. */
final class LocalRpcSystem implements RpcSystem {

    @Override
    public RpcServiceBuilder localServiceBuilder(Configuration configuration) {
        return new Builder(configuration);
    }

    @Override
    public RpcServiceBuilder remoteServiceBuilder(
            Configuration configuration, String externalAddress, String externalPortRange) {
        throw new UnsupportedOperationException(
                "The embedded cluster lives in one JVM: it has no RPC over the network");
    }

    @Override
    public String getRpcUrl(
            String hostname,
            int port,
            String endpointName,
            AddressResolution addressResolution,
            Configuration config) {
        return LocalRpcService.address(endpointName);
    }

    @Override
    public InetSocketAddress getInetSocketAddressFromRpcUrl(String url) {
        throw new UnsupportedOperationException(url + " has no address on the network");
    }

    @Override
    public long getMaximumMessageSizeInBytes(Configuration config) {
        return Long.MAX_VALUE;
    }

    /** What concerns networks and the size of thread pools has no meaning here. */
    private static final class Builder implements RpcServiceBuilder {

        private final Configuration configuration;
        private String name = "flink";

        Builder(Configuration configuration) {
            this.configuration = configuration;
        }

        @Override
        public RpcServiceBuilder withComponentName(String newName) {
            name = newName;
            return this;
        }

        @Override
        public RpcServiceBuilder withBindAddress(String bindAddress) {
            return this;
        }

        @Override
        public RpcServiceBuilder withBindPort(int bindPort) {
            return this;
        }

        @Override
        public RpcServiceBuilder withExecutorConfiguration(
                FixedThreadPoolExecutorConfiguration executor) {
            return this;
        }

        @Override
        public RpcServiceBuilder withExecutorConfiguration(ForkJoinExecutorConfiguration executor) {
            return this;
        }

        @Override
        public RpcService createAndStart() {
            return new LocalRpcService(name, configuration.get(RpcOptions.ASK_TIMEOUT_DURATION));
        }
    }
}
