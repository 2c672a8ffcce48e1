/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFuture;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;

/**
 * Keeps the REST server of an embedded cluster shut unless the program has asked for it.
 *
 * <p>Flink starts one with every cluster, and whoever reaches it may submit jobs, that is, run code
 * as this user. Other users of the machine reach loopback ports too.
 */
public final class ClosedRestHandlerFactory implements InboundChannelHandlerFactory {

    /** Set by {@link ClusterOptions} for clusters whose program wants no REST server. */
    static final String CLOSED = "flinker.rest.closed";

    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Optional<ChannelHandler> createHandler(
            Configuration configuration, Map<String, String> responseHeaders) {
        return configuration.getString(CLOSED, "false").equals("true")
                ? Optional.of(new Closed())
                : Optional.empty();
    }

    private static final class Closed extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            ChannelFuture unused = context.close();
        }
    }
}
