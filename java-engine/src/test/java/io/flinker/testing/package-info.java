/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/** Java functions for the Python tests, in a jar of their own that programs add with add_jars. */
package io.flinker.testing;
