/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import io.flinker.codec.Key;
import java.util.Map;

/** A state whose entries are read a part at a time. */
interface ServedEntries {

    /** All that there are; none can be changed by way of them. */
    Iterable<Map.Entry<Key, byte[]>> entries() throws Exception;
}
