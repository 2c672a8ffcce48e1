/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.embedded.EmbeddedCluster;
import io.flinker.harness.PythonLogs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import py4j.GatewayServer;
import py4j.reflection.ReflectionUtil;

/**
 * The process behind {@code import pyflink}.
 *
 * <p>Started as {@code GatewayMain <work directory>}. Reads the secret of the Py4J connection from
 * the first line of standard input, starts the cluster if that line says so, listens on a free
 * loopback port and announces it on standard output. Standard input stays open for as long as the
 * Python process lives: its end ends the JVM.
 */
public final class GatewayMain {

    /** Follows the secret if the program is about to ask for an environment with no settings. */
    private static final String CLUSTER = "cluster";

    private GatewayMain() {}

    public static void main(String[] args) throws IOException {
        Path workDirectory = Path.of(args[0]);
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String[] greeting = Objects.requireNonNullElse(input.readLine(), "").split(" ", -1);
        String token = greeting[0];
        if (token.isEmpty()) {
            System.err.println("GatewayMain is started by Python, with a token on standard input");
            System.exit(2);
        }
        Lifeline.removeAtExit(workDirectory);
        Lifeline.watchParent();
        Console.install();
        Logs.install(workDirectory);
        PythonLogs.setClient(Console::log);
        // Before the server starts, as its threads inherit it: Flink looks user classes up there.
        Thread.currentThread().setContextClassLoader(UserJars.loader());
        ReflectionUtil.setClassLoadingStrategy(UserJars.loader());
        Environments.use(new EmbeddedCluster(workDirectory, new Restarts()));
        if (greeting.length > 1 && greeting[1].equals(CLUSTER)) {
            Environments.prepareCluster();
        }

        GatewayServer server =
                new GatewayServer.GatewayServerBuilder()
                        .javaAddress(InetAddress.getLoopbackAddress())
                        // Python says its port when a program first wants to be called
                        .callbackClient(0, InetAddress.getLoopbackAddress(), token)
                        .javaPort(0)
                        .authToken(token)
                        .build();
        ShortNames.addTo(server.getGateway().getDefaultJVMView());
        server.start(true);
        Console.announce(server.getListeningPort());
        Lifeline.awaitEnd(input);
    }
}
