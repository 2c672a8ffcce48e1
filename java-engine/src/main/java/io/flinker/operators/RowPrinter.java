/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import org.apache.flink.api.common.SupportsConcurrentExecutionAttempts;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.streaming.api.functions.sink.legacy.PrintSinkFunction;
import org.apache.flink.streaming.api.functions.sink.legacy.RichSinkFunction;
import org.apache.flink.types.Row;

/** Flink's print sink for rows in the form of {@link RowText}. */
public final class RowPrinter extends RichSinkFunction<Row>
        implements SupportsConcurrentExecutionAttempts {

    private static final long serialVersionUID = 1L;

    private final RowText text;
    private final PrintSinkFunction<String> printer;

    /**
     * @param identifier starts each line; may be empty
     */
    public RowPrinter(RowTypeInfo type, String identifier) {
        this.text = new RowText(type);
        this.printer = new PrintSinkFunction<>(identifier, false);
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        printer.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        printer.open(context);
    }

    @Override
    public void invoke(Row row, Context context) {
        printer.invoke(text.map(row));
    }
}
