/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.fn.v1.WorkerApi;
import io.flinker.fn.v1.WorkerApi.Metric;
import io.flinker.fn.v1.WorkerApi.MetricScope;
import io.flinker.fn.v1.WorkerApi.MetricValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The metrics of a chain's functions as metrics of Flink's.
 *
 * <p>Each function has a group of its own, named as its operator: in the scope they look as if they
 * were not chained. What a worker sends comes one call at a time, on a thread of the harness;
 * reporters read on others.
 */
final class PythonMetrics implements Consumer<WorkerApi.Metrics> {

    private static final ConfigOption<Boolean> ENABLED =
            ConfigOptions.key("python.metric.enabled").booleanType().defaultValue(true);

    private final TaskMetricGroup task;
    private final OperatorID operator;
    private final List<String> names;
    private final MetricGroup[] groups;

    /** By the worker's numbers. */
    private final Map<Integer, Consumer<MetricValue>> metrics = new HashMap<>();

    /**
     * @param task the group of the task that the operator runs in
     * @param operator the operator that runs the functions
     * @param functions the functions, in the order in which they are called
     */
    PythonMetrics(TaskMetricGroup task, OperatorID operator, List<PythonFunction> functions) {
        this.task = task;
        this.operator = operator;
        this.names = distinct(functions.stream().map(PythonFunction::name).toList());
        this.groups = new MetricGroup[functions.size()];
    }

    /** For the functions of an operator; they go nowhere if the job wants none. */
    static Consumer<WorkerApi.Metrics> of(
            AbstractStreamOperator<?> operator, PythonChain<?> chain) {
        Environment environment = operator.getContainingTask().getEnvironment();
        return environment.getJobConfiguration().get(ENABLED)
                ? new PythonMetrics(
                        environment.getMetricGroup(), operator.getOperatorID(), chain.functions())
                : unreported -> {};
    }

    /** Two operators of one name in a task would overwrite each other's values in the dashboard. */
    static List<String> distinct(List<String> names) {
        Set<String> taken = new HashSet<>(names);
        Set<String> used = new HashSet<>();
        return names.stream()
                .map(
                        name -> {
                            String free = name;
                            for (int n = 2; !used.add(free); n++) {
                                String next = name + "-" + n;
                                free = taken.contains(next) ? free : next;
                            }
                            return free;
                        })
                .toList();
    }

    @Override
    public void accept(WorkerApi.Metrics news) {
        for (Metric metric : news.getRegisteredList()) {
            metrics.put(metric.getId(), register(metric));
        }
        for (MetricValue value : news.getChangedList()) {
            metrics.get(value.getId()).accept(value);
        }
    }

    private Consumer<MetricValue> register(Metric metric) {
        MetricGroup group = group(metric.getFunction());
        for (MetricScope scope : metric.getGroupsList()) {
            group =
                    scope.hasValue()
                            ? group.addGroup(scope.getName(), scope.getValue())
                            : group.addGroup(scope.getName());
        }
        String name = metric.getName();
        return switch (metric.getKind()) {
            case METRIC_KIND_COUNTER -> {
                PythonCounter counter = group.counter(name, new PythonCounter());
                yield value -> counter.set(value.getWhole());
            }
            case METRIC_KIND_METER -> {
                PythonCounter counter = new PythonCounter();
                group.meter(name, new MeterView(counter, Math.max(1, metric.getSeconds())));
                yield value -> counter.set(value.getWhole());
            }
            case METRIC_KIND_GAUGE -> {
                Held<Object> held = new Held<>();
                group.<Object, Gauge<Object>>gauge(name, held::get);
                yield value -> held.set(plain(value));
            }
            case METRIC_KIND_DISTRIBUTION -> new PythonDistribution(group, name);
            default -> throw new IllegalArgumentException("metric of kind " + metric.getKind());
        };
    }

    private MetricGroup group(int function) {
        if (groups[function] == null) {
            String name = names.get(function);
            OperatorID id = operator;
            if (names.size() > 1) {
                byte[] key = (operator + name).getBytes(StandardCharsets.UTF_8);
                UUID hash = UUID.nameUUIDFromBytes(key);
                id = new OperatorID(hash.getLeastSignificantBits(), hash.getMostSignificantBits());
            }
            groups[function] = task.getOrAddOperator(id, name, Map.of());
        }
        return groups[function];
    }

    private static Object plain(MetricValue value) {
        return switch (value.getValueCase()) {
            case WHOLE -> value.getWhole();
            case REAL -> value.getReal();
            case FLAG -> value.getFlag();
            default -> value.getText();
        };
    }

    /** From the harness's thread to the reporters'. */
    private static final class Held<T> {
        private volatile T value;

        T get() {
            return value;
        }

        void set(T newValue) {
            value = newValue;
        }
    }
}
