/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import java.util.List;

/**
 * What a job takes to the machines that its workers run on.
 *
 * <p>It travels as the name of the workers' settings, which every operator of the job carries. The
 * files are those of Flink's distributed cache; their names tell their contents apart.
 *
 * @param executable the interpreter there
 * @param python the version it must have, such as "3.11"
 * @param machine the processor that what is native in the files is for, such as "x86_64"
 * @param libc the oldest C library that it runs on, such as "glibc 2.17"
 * @param worker the file with the package pyflink and the libraries of a worker
 * @param packages files with packages that the job asks for
 * @param program files with the program's own modules and data
 */
public record Shipment(
        String executable,
        String python,
        String machine,
        String libc,
        String worker,
        List<String> packages,
        List<String> program) {

    private static final String PREFIX = "shipped";
    private static final String SEPARATOR = "\0";
    private static final int FIXED = 7;

    /** Whether settings of this name came with the job; others are known to the client's JVM. */
    public static boolean isName(String settings) {
        return settings != null && settings.startsWith(PREFIX + SEPARATOR);
    }

    /** What a name says. */
    static Shipment of(String settings) {
        List<String> all = List.of(settings.split(SEPARATOR, -1));
        int packagesEnd = FIXED + Integer.parseInt(all.get(FIXED - 1));
        return new Shipment(
                all.get(1),
                all.get(2),
                all.get(3),
                all.get(4),
                all.get(5),
                all.subList(FIXED, packagesEnd),
                all.subList(packagesEnd, all.size()));
    }
}
