/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.harness.PythonSettings;
import io.flinker.harness.Shipment;
import io.flinker.harness.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** Finds the settings of the workers of an operator, in the client's JVM or on a task manager. */
final class WorkerSettings {

    private static final String RELEASE_HOOK = "flinker-workplace";

    private WorkerSettings() {}

    /**
     * The settings of this name.
     *
     * @param name null: the client's
     * @throws UncheckedIOException if what came with the job cannot be unpacked
     */
    static PythonSettings of(String name, StreamingRuntimeContext context) {
        if (!Shipment.isName(name)) {
            return PythonSettings.client().with(name);
        }
        context.registerUserCodeClassLoaderReleaseHookIfAbsent(RELEASE_HOOK, Workplace::leave);
        // in the task manager's own folder, which it removes when it ends and which bears its name
        Path folder = context.getTaskManagerRuntimeInfo().getTmpWorkingDirectory().toPath();
        String job = context.getJobInfo().getJobId().toString();
        try {
            return Workplace.settle(name, folder, job, context.getDistributedCache()::getFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
