/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Codecs of lists and maps. */
final class CollectionCodecs {

    private CollectionCodecs() {}

    /** Lists; an element may be null if its own type can be. */
    static final class Lists<E> extends ValueCodec<List<E>> {

        private final ValueCodec<E> element;

        Lists(ValueCodec<E> element) {
            this.element = element;
        }

        @Override
        void write(List<E> value, MsgpackWriter out) {
            out.writeArrayHeader(value.size());
            for (E one : value) {
                element.write(one, out);
            }
        }

        @Override
        List<E> read(MsgpackReader in) {
            int size = in.readArrayHeader();
            List<E> value = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                value.add(element.read(in));
            }
            return value;
        }
    }

    /** Maps; a value may be null, a key if its own type can be. */
    static final class Maps<K, V> extends ValueCodec<Map<K, V>> {

        private final ValueCodec<K> key;
        private final ValueCodec<V> value;

        Maps(ValueCodec<K> key, ValueCodec<V> value) {
            this.key = key;
            this.value = value.nullable();
        }

        @Override
        void write(Map<K, V> map, MsgpackWriter out) {
            out.writeMapHeader(map.size());
            for (Map.Entry<K, V> entry : map.entrySet()) {
                key.write(entry.getKey(), out);
                value.write(entry.getValue(), out);
            }
        }

        @Override
        Map<K, V> read(MsgpackReader in) {
            int size = in.readMapHeader();
            // room for all of them below the load factor of 3/4
            Map<K, V> map = new HashMap<>(size + size / 2 + 1);
            for (int i = 0; i < size; i++) {
                map.put(key.read(in), value.read(in));
            }
            return map;
        }
    }
}
