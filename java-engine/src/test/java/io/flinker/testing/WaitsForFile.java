/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.testing;

import java.io.File;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Passes records on; its first attempt waits until a file is there, and then fails. */
public class WaitsForFile<T> extends RichMapFunction<T, T> {

    private static final long serialVersionUID = 1L;

    private final File file;

    public WaitsForFile(String file) {
        this.file = new File(file);
    }

    @Override
    public T map(T record) throws InterruptedException {
        if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
            while (!file.exists()) {
                Thread.sleep(5);
            }
            throw new IllegalStateException("the first attempt fails on purpose");
        }
        return record;
    }
}
