/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import io.flinker.embedded.EmbeddedCluster;
import io.flinker.embedded.EmbeddedExecutor;
import io.flinker.graph.ChainingEnvironment;
import java.net.MalformedURLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Makes the execution environments of Python programs. */
public final class Environments {

    private static EmbeddedCluster cluster;

    private Environments() {}

    static void use(EmbeddedCluster embedded) {
        cluster = embedded;
    }

    /**
     * An environment on the embedded cluster, which starts in the background right away, or on the
     * one that the settings name.
     *
     * @param program the program's settings; on top of FLINK_CONF_DIR's, if that is set
     */
    public static StreamExecutionEnvironment create(Configuration program) throws Exception {
        Configuration configuration = defaults();
        configuration.addAll(program);
        if (Targets.isRemote(configuration)) {
            return new ChainingEnvironment(
                    Targets.executor(configuration), configuration, UserJars.loader());
        }
        configuration.set(DeploymentOptions.TARGET, EmbeddedExecutor.NAME);
        if (!configuration.contains(CoreOptions.DEFAULT_PARALLELISM)) {
            configuration.set(
                    CoreOptions.DEFAULT_PARALLELISM,
                    StreamExecutionEnvironment.getDefaultLocalParallelism());
        }
        cluster.prepare(configuration);
        return new ChainingEnvironment(
                new EmbeddedExecutor(cluster), configuration, UserJars.loader());
    }

    /** An environment with Flink's own defaults. */
    public static StreamExecutionEnvironment create() throws Exception {
        return create(new Configuration());
    }

    /** Starts the cluster for a program that is about to ask for an environment. */
    static void prepareCluster() {
        Configuration configuration = defaults();
        if (!Targets.isRemote(configuration)) {
            cluster.prepare(configuration);
        }
    }

    /** Takes settings over into an environment. */
    public static void configure(StreamExecutionEnvironment environment, Configuration settings) {
        environment.configure(settings, UserJars.loader());
    }

    /** Adds jars that travel with the job, and makes their classes visible to the gateway. */
    public static void addJars(StreamExecutionEnvironment environment, List<String> urls)
            throws MalformedURLException {
        append(environment, PipelineOptions.JARS, urls);
    }

    /** Adds what every machine of the cluster can read itself. */
    public static void addClasspaths(StreamExecutionEnvironment environment, List<String> urls)
            throws MalformedURLException {
        append(environment, PipelineOptions.CLASSPATHS, urls);
    }

    private static void append(
            StreamExecutionEnvironment environment,
            ConfigOption<List<String>> option,
            List<String> urls)
            throws MalformedURLException {
        Set<String> all = new LinkedHashSet<>();
        environment.getConfiguration().getOptional(option).ifPresent(all::addAll);
        all.addAll(urls);
        for (String url : urls) {
            UserJars.add(url);
        }
        configure(environment, new Configuration().set(option, List.copyOf(all)));
    }

    /** Adds to a setting that is a list in one string, before or behind what is there. */
    public static void extend(
            StreamExecutionEnvironment environment, String key, String value, boolean before) {
        ConfigOption<String> option = ConfigOptions.key(key).stringType().noDefaultValue();
        String present = environment.getConfiguration().getOptional(option).orElse("");
        String all = value;
        if (!present.isEmpty()) {
            all = before ? value + "," + present : present + "," + value;
        }
        configure(environment, new Configuration().set(option, all));
    }

    /** Whether the jobs of an environment run on the embedded cluster. */
    static boolean runsHere(StreamExecutionEnvironment environment) {
        return EmbeddedExecutor.NAME.equals(
                environment.getConfiguration().get(DeploymentOptions.TARGET));
    }

    /** The address of the embedded cluster's dashboard and REST interface. */
    public static String restAddress() throws Exception {
        return cluster.restAddress().toString();
    }

    private static Configuration defaults() {
        String directory = System.getenv("FLINK_CONF_DIR");
        return directory == null
                ? new Configuration()
                : GlobalConfiguration.loadConfiguration(directory);
    }
}
