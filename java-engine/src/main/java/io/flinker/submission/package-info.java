/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/** Jobs on a cluster that runs elsewhere: they go there by its REST interface, with the engine. */
package io.flinker.submission;
