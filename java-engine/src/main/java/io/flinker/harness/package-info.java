/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/**
 * The Python workers of a task manager: how they start, live and end, and the Fn API they speak.
 */
package io.flinker.harness;
