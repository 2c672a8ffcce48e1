/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/**
 * The state of keys, as Flink's backends keep it and as workers read and write it: in columns, of
 * which the values are opaque here.
 */
package io.flinker.state;
