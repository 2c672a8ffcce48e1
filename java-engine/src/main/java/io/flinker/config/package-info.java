/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/**
 * Settings of our own, and the state backends and checkpoint storages that programs hand over as
 * objects while Flink 2 takes them as settings only.
 */
package io.flinker.config;
