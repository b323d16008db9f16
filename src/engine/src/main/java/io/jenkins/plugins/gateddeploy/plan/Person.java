package io.jenkins.plugins.gateddeploy.plan;

import java.util.Objects;

/**
 * Somebody who wrote or committed a part of a change, as git has it. Anybody can write anything there, so the host
 * matches it to its users by the e-mail address.
 *
 * @param name may be empty
 * @param email may be empty
 */
public record Person(String name, String email) {
    public Person {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(email, "email");
    }

    /** {@return the person that {@code Name <mail>} means} */
    public static Person parse(String identity) {
        int open = identity.lastIndexOf('<');
        int close = identity.lastIndexOf('>');
        return open < 0 || close < open
                ? new Person(identity.strip(), "")
                : new Person(
                        identity.substring(0, open).strip(),
                        identity.substring(open + 1, close).strip());
    }
}
