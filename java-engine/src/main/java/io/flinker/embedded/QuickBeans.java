/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import javax.management.ObjectInstance;
import javax.management.ObjectName;

/**
 * Makes the JVM's management beans available without their slowest one, until somebody asks.
 *
 * <p>Flink's metrics look up the platform's bean server when the cluster starts. It registers the
 * JVM's diagnostic commands then, and so asks each for its help text, which loads the whole flight
 * recorder: two thirds of 70 ms. That one waits here for the first who uses the server for anything
 * but registering beans.
 */
public final class QuickBeans extends MBeanServerBuilder {

    private static final String BUILDER = "javax.management.builder.initial";
    private static final String SLOW = "com.sun.management:type=DiagnosticCommand";

    /** Lets the platform's bean server be one of these, unless the user has chosen another. */
    static void install() {
        if (System.getProperty(BUILDER) == null) {
            System.setProperty(BUILDER, QuickBeans.class.getName());
        }
    }

    @Override
    public MBeanServer newMBeanServer(
            String defaultDomain, MBeanServer outer, MBeanServerDelegate delegate) {
        Server server = new Server(super.newMBeanServer(defaultDomain, outer, delegate));
        return (MBeanServer)
                Proxy.newProxyInstance(
                        QuickBeans.class.getClassLoader(),
                        new Class<?>[] {MBeanServer.class},
                        (proxy, method, arguments) -> server.call(method, arguments));
    }

    private static final class Server {

        private final MBeanServer server;
        private final List<Object[]> waiting = new ArrayList<>();

        Server(MBeanServer server) {
            this.server = server;
        }

        Object call(Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("registerMBean")) {
                ObjectName name = (ObjectName) arguments[1];
                if (name != null && name.getCanonicalName().equals(SLOW)) {
                    synchronized (this) {
                        waiting.add(arguments);
                    }
                    return new ObjectInstance(name, arguments[0].getClass().getName());
                }
            } else if (method.getDeclaringClass() != Object.class) {
                registerWaiting();
            }
            try {
                return method.invoke(server, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }

        private synchronized void registerWaiting() throws Exception {
            while (!waiting.isEmpty()) {
                Object[] bean = waiting.remove(0);
                server.registerMBean(bean[0], (ObjectName) bean[1]);
            }
        }
    }
}
