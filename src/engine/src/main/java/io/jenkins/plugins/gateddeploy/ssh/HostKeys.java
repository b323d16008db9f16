package io.jenkins.plugins.gateddeploy.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How servers prove who they are: by the keys pinned for a target, else by OpenSSH's known_hosts files.
 *
 * @param files in the format of {@code sshd(8)}, "SSH_KNOWN_HOSTS FILE FORMAT"; one that does not exist is empty
 * @param trustOnFirstUse whether a server that no line names is believed once, and written into the first file
 */
public record HostKeys(List<Path> files, boolean trustOnFirstUse) {
    public HostKeys {
        files = List.copyOf(files);
        if (trustOnFirstUse && files.isEmpty()) {
            throw new IllegalArgumentException("Trusting on first use needs a known_hosts file to write to.");
        }
    }

    /** {@return what believes these files alone} */
    public static HostKeys knownHosts(Path... files) {
        return new HostKeys(List.of(files), false);
    }

    /** {@return what believes the files that {@code ssh} of the current user reads} */
    public static HostKeys ofUser() {
        Path own = Path.of(System.getProperty("user.home"), ".ssh");
        return new HostKeys(
                Stream.of(
                                own.resolve("known_hosts"),
                                own.resolve("known_hosts2"),
                                Path.of("/etc/ssh/ssh_known_hosts"),
                                Path.of("/etc/ssh/ssh_known_hosts2"))
                        .toList(),
                false);
    }

    /** {@return the same, but a server that no line names is believed once, and written into the first file} */
    public HostKeys trustingOnFirstUse() {
        return new HostKeys(files, true);
    }
}
