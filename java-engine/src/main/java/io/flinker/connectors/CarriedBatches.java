/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.connectors;

/** Batches that are a part of the job and go wherever it goes. */
final class CarriedBatches implements Batches {

    private static final long serialVersionUID = 1L;

    private final byte[][] batches;

    CarriedBatches(byte[][] batches) {
        this.batches = batches;
    }

    @Override
    public byte[][] get() {
        return batches;
    }
}
