/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
/** The process that Python starts and the only classes that Python calls by name. */
package io.flinker.gateway;
