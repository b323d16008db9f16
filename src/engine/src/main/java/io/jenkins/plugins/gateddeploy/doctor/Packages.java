package io.jenkins.plugins.gateddeploy.doctor;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which Debian package brings a program. */
final class Packages {
    private static final Map<String, String> BY_PROGRAM = Map.of(
            "sh", "dash",
            "tar", "tar",
            "find", "findutils",
            "xargs", "findutils",
            "setsid", "util-linux",
            "git", "git",
            "curl", "curl",
            "sed", "sed",
            "awk", "mawk",
            "nc or bash", "netcat-openbsd");

    private Packages() {}

    /** {@return the packages of these programs, in alphabetical order; most are in coreutils} */
    static String of(List<String> programs) {
        TreeSet<String> packages = new TreeSet<>();
        programs.forEach(program -> packages.add(BY_PROGRAM.getOrDefault(program, "coreutils")));
        return String.join(" ", packages);
    }
}
