/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/** What the program asks for becomes what runs: Python functions as operators, chained. */
package io.flinker.graph;
