/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import io.flinker.codec.Key;
import io.flinker.codec.KeyTypeInfo;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.util.OutputTag;

/**
 * What one operator runs: functions that follow each other, and what goes in and comes out.
 *
 * @param functions in the order in which they are called; the first one takes all inputs
 * @param inputTypes the types of the inputs, one or two
 * @param outputType the type of the last function's results
 * @param sideOutputs the side outputs of the last function that somebody reads; what functions send
 *     to others is dropped
 * @param settings names the settings of the workers; null: the client's
 * @param keyed whether the records are pairs of a key and a record, of which the first function
 *     gets the record, and it may have state of the key
 * @param timers whether the first function may have timers
 * @param broadcast whether it may have broadcast state
 */
public record PythonChain<OUT>(
        List<PythonFunction> functions,
        List<TypeInformation<?>> inputTypes,
        TypeInformation<OUT> outputType,
        List<OutputTag<?>> sideOutputs,
        String settings,
        boolean keyed,
        boolean timers,
        boolean broadcast)
        implements Serializable {

    public PythonChain {
        // lists that Java can serialize
        functions = new ArrayList<>(functions);
        inputTypes = new ArrayList<>(inputTypes);
        sideOutputs = new ArrayList<>(sideOutputs);
    }

    /** One function, as the program gave it. */
    public static <OUT> PythonChain<OUT> of(
            PythonFunction function,
            List<TypeInformation<?>> inputTypes,
            TypeInformation<OUT> outputType) {
        return of(List.of(function), inputTypes, outputType);
    }

    /** Functions that belong together, the last of which the program gave. */
    public static <OUT> PythonChain<OUT> of(
            List<PythonFunction> functions,
            List<TypeInformation<?>> inputTypes,
            TypeInformation<OUT> outputType) {
        return new PythonChain<>(
                functions, inputTypes, outputType, List.of(), null, false, false, false);
    }

    /** The same, of a first function that gets the records of keys. */
    public PythonChain<OUT> ofKeys(boolean withTimers) {
        return new PythonChain<>(
                functions,
                inputTypes,
                outputType,
                sideOutputs,
                settings,
                true,
                withTimers,
                broadcast);
    }

    /** The same, of a first function of whose second input all instances get all records. */
    public PythonChain<OUT> withBroadcast() {
        return new PythonChain<>(
                functions, inputTypes, outputType, sideOutputs, settings, keyed, timers, true);
    }

    /** Whether the first function has state. */
    boolean hasState() {
        return keyed || broadcast;
    }

    /** The type of the keys, of records that have some. */
    KeyTypeInfo keyType() {
        return (KeyTypeInfo) ((TupleTypeInfo<?>) inputTypes.get(0)).<Key>getTypeAt(0);
    }

    /** The operator in the words of error messages. */
    String name() {
        return functions.stream().map(PythonFunction::name).collect(Collectors.joining(", "));
    }

    /**
     * Whether a function may ask for the current watermark, which then travels with the records.
     */
    boolean asksForWatermark() {
        return functions.stream().anyMatch(PythonFunction::asksForWatermark);
    }
}
