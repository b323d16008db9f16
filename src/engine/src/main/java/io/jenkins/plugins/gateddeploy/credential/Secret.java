package io.jenkins.plugins.gateddeploy.credential;

import java.io.Serializable;
import java.util.Objects;

/** A text that must reach no log, command line, history or page. It has no {@code toString} that would show it. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** {@return the text as a secret} */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /** {@return the text itself; call it only where it leaves for its destination} */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}
