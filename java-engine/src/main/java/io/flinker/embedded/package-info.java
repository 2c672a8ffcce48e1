/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/**
 * The Flink cluster inside this JVM: started once, grown when a job needs slots, kept for every
 * job.
 */
package io.flinker.embedded;
