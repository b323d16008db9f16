package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where it was measured. */
final class Machine {
    private Machine() {}

    static String describe() {
        return "Machine: " + Runtime.getRuntime().availableProcessors() + " cores (" + processor() + "), Linux "
                + System.getProperty("os.version") + ", JDK " + System.getProperty("java.vm.version") + ", "
                + Child.firstLine("ssh", "-V") + " as client and server, " + Child.firstLine("git", "--version")
                + peer("cap", "--version") + peer("ansible-playbook", "--version") + peer("rsync", "--version") + ".";
    }

    /** {@return how busy it is, with everything that runs on it: over the last 1, 5 and 15 minutes} */
    static String load() {
        return read("/proc/loadavg").replaceFirst("^(\\S+ \\S+ \\S+).*", "$1").strip();
    }

    private static String processor() {
        return read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst("^[^:]*: *", ""))
                .findFirst()
                .orElse("unknown");
    }

    private static String peer(String program, String option) {
        return RealPrograms.find(program)
                .map(path -> ", " + Child.firstLine(program, option).replaceAll(" {2,}", " "))
                .orElse("");
    }

    private static String read(String file) {
        try {
            return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "unknown";
        }
    }
}
