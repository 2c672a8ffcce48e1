/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

import java.io.Serializable;

/** The values of a collection on their way from the program to the reader. */
interface Batches extends Serializable {

    /** The batches, as {@link io.flinker.codec.BatchDecoder} reads them; not to be changed. */
    byte[][] get();
}
