/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/** What Flink 2 lost and our users need, and the source of collections. */
package io.flinker.connectors;
