/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.graph.ChainingEnvironment;
import io.flinker.submission.Permission;
import io.flinker.submission.Probe;
import io.flinker.submission.RemoteCluster;
import io.flinker.submission.RemoteExecutor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a program's jobs run: on the embedded cluster or on one that runs elsewhere. */
public final class Targets {

    /** Tells Python; set in the configuration of environments on a cluster elsewhere. */
    private static final ConfigOption<String> TARGET =
            ConfigOptions.key("flinker.target").stringType().noDefaultValue();

    private static final String SECURITY = "security.ssl.rest.";

    private Targets() {}

    static boolean isRemote(Configuration configuration) {
        return RemoteExecutor.NAME.equals(configuration.get(DeploymentOptions.TARGET));
    }

    static RemoteExecutor executor(Configuration configuration) throws Exception {
        Configuration ofClient = new Configuration(configuration);
        Truststore.addTo(ofClient);
        RemoteCluster cluster = RemoteCluster.of(ofClient);
        // the rest goes with the job, where passwords are nobody's business
        ofClient.keySet().stream()
                .filter(key -> key.startsWith(SECURITY))
                .forEach(configuration::removeKey);
        configuration.set(TARGET, cluster.address().toString());
        return new RemoteExecutor(cluster, engine());
    }

    /** Whether the next job of an environment has Python functions. */
    public static boolean needsPython(StreamExecutionEnvironment environment) {
        return environment instanceof ChainingEnvironment chaining && chaining.hasPythonFunctions();
    }

    /** How many slots the next job of an environment needs at least. */
    public static int slotsNeeded(StreamExecutionEnvironment environment) {
        return environment instanceof ChainingEnvironment chaining ? chaining.slotsNeeded() : 1;
    }

    /**
     * How long a configuration lets jobs wait for slots, in milliseconds.
     *
     * @param cluster the cluster's own settings, below those of the program; keys, each with its
     *     value behind it
     */
    public static long slotPatienceMillis(
            StreamExecutionEnvironment environment, List<String> cluster) {
        Configuration all = new Configuration();
        for (int i = 0; i + 1 < cluster.size(); i += 2) {
            all.setString(cluster.get(i), cluster.get(i + 1));
        }
        ReadableConfig program = environment.getConfiguration();
        return program.getOptional(JobManagerOptions.SLOT_REQUEST_TIMEOUT)
                .orElseGet(() -> all.get(JobManagerOptions.SLOT_REQUEST_TIMEOUT))
                .toMillis();
    }

    /** Has the task managers of an environment's cluster run a command: see {@link Probe#run}. */
    public static List<String> ask(
            StreamExecutionEnvironment environment, int tasks, List<String> command, long seconds)
            throws Exception {
        return Probe.run(executorOf(environment), tasks, command, seconds);
    }

    /** Has the next job of an environment wait for a permission before it runs. */
    public static Permission permission(StreamExecutionEnvironment environment) {
        return executorOf(environment).permission();
    }

    private static RemoteExecutor executorOf(StreamExecutionEnvironment environment) {
        return (RemoteExecutor) ((ChainingEnvironment) environment).executors();
    }

    /** The jar that all of this is in. */
    private static Path engine() throws URISyntaxException {
        return Path.of(Targets.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
