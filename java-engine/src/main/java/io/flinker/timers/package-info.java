/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/** The timers of keys, which Flink's timer service keeps and workers set and hear of. */
package io.flinker.timers;
