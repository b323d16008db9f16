package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells processes of this machine apart, also from those that had the same id before. */
public final class Processes {
    private Processes() {}

    /** {@return this process} */
    public static Owner self() {
        long pid = ProcessHandle.current().pid();
        return new Owner(host(), pid, startTicks(pid));
    }

    /** {@return whether a process of this machine is still there} */
    public static boolean isAlive(Owner owner) {
        if (!owner.host().equals(host())) {
            throw new IllegalArgumentException("A process of another machine: " + owner);
        }
        if (owner.startTicks() == 0) {
            return ProcessHandle.of(owner.pid()).isPresent();
        }
        return startTicks(owner.pid()) == owner.startTicks();
    }

    /**
     * {@return a name for this machine since it was started: process ids mean nothing beyond a boot, nor in another
     * container}
     */
    public static String host() {
        return name() + "/"
                + read(Path.of("/proc/sys/kernel/random/boot_id"), "").replaceAll("-.*", "") + "/" + pidNamespace();
    }

    private static String name() {
        String name = read(Path.of("/proc/sys/kernel/hostname"), "");
        if (!name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private static String pidNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .replaceAll("\\D", "");
        } catch (IOException e) {
            return "0";
        }
    }

    /** Field 22 of proc(5)'s stat; the process's name before it may hold spaces and parentheses. */
    private static long startTicks(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"), "");
        int name = stat.lastIndexOf(") ");
        return name < 0 ? 0 : Long.parseLong(stat.substring(name + 2).split(" ", -1)[19]);
    }

    private static String read(Path file, String otherwise) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return otherwise;
        }
    }
}
