/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/**
 * Flink's RPC between the components of one JVM: calls go from thread to thread as they are.
 *
 * <p>Flink's own RPC system carries an actor framework for the network. In one process it has
 * nothing to do but costs a quarter of the cluster's start and 24 MB.
 */
package io.flinker.embedded.rpc;
