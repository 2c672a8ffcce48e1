/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

/** Names of the signals that end processes; the numbers are the same wherever Python forks. */
final class Signals {

    private Signals() {}

    /** The name with what it usually means, in parentheses; empty for a rare one. */
    static String name(int signal) {
        return switch (signal) {
            case 4 -> " (SIGILL, illegal instruction)";
            case 6 -> " (SIGABRT, abort)";
            case 8 -> " (SIGFPE, arithmetic error)";
            case 9 -> " (SIGKILL, killed from outside, often for want of memory)";
            case 11 -> " (SIGSEGV, segmentation fault)";
            case 15 -> " (SIGTERM, asked to end)";
            default -> "";
        };
    }
}
