/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.state;

import io.flinker.codec.Key;
import java.util.Iterator;
import java.util.Map;

/** A state whose entries are read a part at a time. */
interface ServedEntries {

    /**
     * All that there are, in the order in which they are kept; none in place of one that is gone.
     */
    Iterator<Map.Entry<Key, byte[]>> scan() throws Exception;
}
