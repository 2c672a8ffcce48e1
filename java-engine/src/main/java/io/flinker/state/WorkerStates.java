/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.flinker.codec.BatchDecoder;
import io.flinker.codec.BatchEncoder;
import io.flinker.codec.Key;
import io.flinker.codec.KeyTypeInfo;
import io.flinker.fn.v1.StateApi.LoadState;
import io.flinker.fn.v1.StateApi.ReadMap;
import io.flinker.fn.v1.StateApi.RegisterState;
import io.flinker.fn.v1.StateApi.ScanKeys;
import io.flinker.fn.v1.StateApi.ScanMap;
import io.flinker.fn.v1.StateApi.StateAnswer;
import io.flinker.fn.v1.StateApi.StateCall;
import io.flinker.fn.v1.StateApi.StateOperation;
import io.flinker.fn.v1.StateApi.WriteState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.util.function.SupplierWithException;

/**
 * Answers what a worker asks of the state of its operator: that of keys, and broadcast state.
 *
 * <p>In the task's thread only, as all of Flink's state.
 */
public final class WorkerStates {

    private static final int PART_ENTRIES = 4096;
    private static final int PART_BYTES = 1 << 18;

    /** What Flink says where state was written as another kind. */
    private static final Pattern OTHER_KIND =
            Pattern.compile("Was \\[(\\w+)], registered with \\[(\\w+)]");

    private final KeyedStateBackend<Key> backend;
    private final OperatorStateBackend operatorBackend;
    private final BatchDecoder<Key> keys;
    private final BatchEncoder<Key> encoder;
    private final List<ServedState> states = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Scans scans = new Scans();

    /**
     * @param backend keeps the state of keys; null if there are none
     * @param keyType the type of the keys; null if there are none
     * @param operatorBackend keeps broadcast state
     */
    public WorkerStates(
            KeyedStateBackend<Key> backend,
            KeyTypeInfo keyType,
            OperatorStateBackend operatorBackend) {
        this.backend = backend;
        this.operatorBackend = operatorBackend;
        this.keys = keyType == null ? null : new BatchDecoder<>(keyType);
        this.encoder = keyType == null ? null : new BatchEncoder<>(keyType);
    }

    /** Does what a call says. */
    public StateAnswer answer(StateCall call) throws Exception {
        switch (call.getCallCase()) {
            case REGISTER -> register(call.getRegister());
            case LOAD -> {
                return load(call.getLoad());
            }
            case WRITE -> write(call.getWrite());
            case READ_MAP -> {
                return read(call.getReadMap());
            }
            case SCAN_MAP -> {
                return scan(call.getScanMap());
            }
            case SCAN_KEYS -> {
                return scan(call.getScanKeys());
            }
            case CLOSE_SCAN -> scans.close(call.getCloseScan().getScan());
            default -> throw new IllegalArgumentException("Not a call: " + call.getCallCase());
        }
        return StateAnswer.getDefaultInstance();
    }

    /** Gives back what scans hold; none goes on after it. */
    public void close() {
        scans.closeAll();
    }

    private void register(RegisterState state) throws Exception {
        if (state.getState() != states.size()) {
            throw new IllegalArgumentException("States are numbered one after the other");
        }
        states.add(
                switch (state.getKind()) {
                    case STATE_KIND_VALUE -> new ServedValue(bind(Descriptors.value(state)));
                    case STATE_KIND_LIST -> new ServedList(bind(Descriptors.list(state)));
                    case STATE_KIND_MAP -> new ServedMap(bind(Descriptors.map(state)));
                    case STATE_KIND_BROADCAST ->
                            new ServedBroadcast(
                                    understood(
                                            state.getName(),
                                            () ->
                                                    operatorBackend.getBroadcastState(
                                                            Descriptors.map(state))));
                    default -> throw new IllegalArgumentException("Not a kind: " + state.getKind());
                });
        names.add(state.getName());
    }

    private <S extends State> S bind(StateDescriptor<S, ?> descriptor) throws Exception {
        return understood(
                descriptor.getName(),
                () ->
                        backend.getPartitionedState(
                                VoidNamespace.INSTANCE,
                                VoidNamespaceSerializer.INSTANCE,
                                descriptor));
    }

    /** What Flink says of state that does not fit is not what the user wants to know. */
    private static <T> T understood(String state, SupplierWithException<T, Exception> registration)
            throws Exception {
        try {
            return registration.get();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StateTypeException incompatible) {
                    throw incompatible;
                }
                Matcher kinds = OTHER_KIND.matcher(String.valueOf(cause.getMessage()));
                if (kinds.find()) {
                    throw StateTypeException.otherKind(state, kinds.group(1), kinds.group(2));
                }
            }
            throw e;
        }
    }

    private StateAnswer load(LoadState load) throws Exception {
        List<ServedState> wanted = new ArrayList<>();
        List<ColumnWriter> columns = new ArrayList<>();
        for (int state : load.getStatesList()) {
            wanted.add(states.get(state));
            columns.add(new ColumnWriter());
        }
        keys.open(load.getKeys().toByteArray());
        while (keys.hasNext()) {
            backend.setCurrentKey(keys.next());
            for (int i = 0; i < wanted.size(); i++) {
                wanted.get(i).load(columns.get(i));
            }
        }
        StateAnswer.Builder answer = StateAnswer.newBuilder();
        columns.forEach(column -> answer.addColumns(column.finish()));
        return answer.build();
    }

    private void write(WriteState write) throws Exception {
        ServedState state = states.get(write.getState());
        ColumnReader column = new ColumnReader(write.getColumn());
        StateOperation operation = write.getOperation();
        if (operation == StateOperation.STATE_OPERATION_REMOVE
                || operation == StateOperation.STATE_OPERATION_CLEAR) {
            scans.entriesRemoved();
        }
        if (write.getKeys().isEmpty()) {
            write(state, operation, column);
            return;
        }
        keys.open(write.getKeys().toByteArray());
        while (keys.hasNext()) {
            backend.setCurrentKey(keys.next());
            write(state, operation, column);
        }
    }

    private static void write(ServedState state, StateOperation operation, ColumnReader column)
            throws Exception {
        switch (operation) {
            case STATE_OPERATION_PUT -> state.put(column);
            case STATE_OPERATION_APPEND -> state.append(column);
            case STATE_OPERATION_REMOVE -> state.remove(column);
            case STATE_OPERATION_CLEAR -> state.clear();
            default -> throw new IllegalArgumentException("Not an operation: " + operation);
        }
    }

    /** Makes a key the current one; none for state that belongs to no key. */
    private void select(ByteString key) {
        if (!key.isEmpty()) {
            keys.open(key.toByteArray());
            backend.setCurrentKey(keys.next());
        }
    }

    private ServedMap map(int state) {
        return (ServedMap) states.get(state);
    }

    private StateAnswer read(ReadMap read) throws Exception {
        select(read.getKeys());
        ColumnWriter out = new ColumnWriter();
        BatchDecoder<byte[]> mapKeys = BatchDecoder.ofStored();
        mapKeys.open(read.getMapKeys().toByteArray());
        while (mapKeys.hasNext()) {
            map(read.getState()).read(Key.of(mapKeys.next()), out);
        }
        return StateAnswer.newBuilder().addColumns(out.finish()).build();
    }

    private StateAnswer scan(ScanMap scan) throws Exception {
        select(scan.getKeys());
        Iterator<Map.Entry<Key, byte[]>> entries =
                scan.getScan() == 0 ? begin(scan) : scans.resume(scan.getScan());
        ColumnWriter out = new ColumnWriter();
        int count = 0;
        while (entries.hasNext() && count < PART_ENTRIES && out.bytes() < PART_BYTES) {
            Map.Entry<Key, byte[]> entry = entries.next();
            if (entry != null) {
                ServedMap.add(entry, out);
                count++;
            }
        }
        out.count(count);
        return StateAnswer.newBuilder()
                .addColumns(out.finish())
                .setScan(scans.suspend(scan.getScan(), entries, null))
                .build();
    }

    private Iterator<Map.Entry<Key, byte[]>> begin(ScanMap scan) throws Exception {
        Iterator<Map.Entry<Key, byte[]>> entries =
                ((ServedEntries) states.get(scan.getState())).scan();
        if (backend == null || backend instanceof HeapKeyedStateBackend) {
            // entries may come and go while it is under way
            List<Map.Entry<Key, byte[]>> copy = new ArrayList<>();
            entries.forEachRemaining(copy::add);
            return copy.iterator();
        }
        return entries;
    }

    private StateAnswer scan(ScanKeys scan) {
        Iterator<Key> found;
        Stream<Key> stream = null;
        if (scan.getScan() != 0) {
            found = scans.resume(scan.getScan());
        } else {
            stream = backend.getKeys(names.get(scan.getState()), VoidNamespace.INSTANCE);
            if (backend instanceof HeapKeyedStateBackend) {
                // what is done with a key may change the table that they are read from
                try (Stream<Key> all = stream) {
                    found = all.collect(Collectors.toList()).iterator();
                }
                stream = null;
            } else {
                found = stream.iterator();
            }
        }
        while (found.hasNext() && encoder.count() < PART_ENTRIES && encoder.bytes() < PART_BYTES) {
            encoder.add(found.next());
        }
        return StateAnswer.newBuilder()
                .setKeys(UnsafeByteOperations.unsafeWrap(encoder.finish()))
                .setScan(scans.suspend(scan.getScan(), found, stream))
                .build();
    }
}
