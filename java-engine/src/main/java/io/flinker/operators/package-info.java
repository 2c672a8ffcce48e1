/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/** Thin Flink operators and functions, composed of what the other packages offer. */
package io.flinker.operators;
