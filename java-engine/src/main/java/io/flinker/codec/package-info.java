/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/**
 * Values and batches of values between Flink's types and the bytes that Python reads and writes.
 */
package io.flinker.codec;
