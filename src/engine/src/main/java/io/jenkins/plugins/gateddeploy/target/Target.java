package io.jenkins.plugins.gateddeploy.target;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One server of an environment.
 *
 * @param user the login name; null to take the credential's
 * @param host a name or address, IPv6 without brackets; never null
 * @param port 1 to 65535
 * @param roles what it is for, such as {@code web}; never null, may be empty
 * @param hostKeys keys pinned for it, as in known_hosts without the host ({@code ssh-ed25519 AAAA…}); empty to verify
 *     against the host's known_hosts
 */
public record Target(String user, String host, int port, Set<String> roles, List<String> hostKeys)
        implements Serializable, Comparable<Target> {
    public Target {
        Objects.requireNonNull(host, "host");
        roles = Set.copyOf(roles);
        hostKeys = List.copyOf(hostKeys);
    }

    /** {@return the name by which logs, messages and the history call it: {@code web-1}, or {@code web-1:2222}} */
    public String name() {
        if (port == 22) {
            return host;
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** {@return whether a task that names these roles runs here; no roles means everywhere} */
    public boolean playsOneOf(Set<String> wanted) {
        return wanted.isEmpty() || wanted.stream().anyMatch(roles::contains);
    }

    @Override
    public int compareTo(Target other) {
        return name().compareTo(other.name());
    }

    @Override
    public String toString() {
        return name() + (roles.isEmpty() ? "" : " " + new TreeSet<>(roles));
    }
}
