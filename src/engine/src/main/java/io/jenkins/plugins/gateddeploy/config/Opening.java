package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Objects;

/**
 * When deployments to an environment may start, as one source says it.
 *
 * @param windows times of the week at which they may; empty for always
 * @param freezes dates on which they may not, whatever the windows say
 * @param outside what becomes of one that is asked for at another time
 */
public record Opening(List<Hours> windows, List<Freeze> freezes, Outside outside) {
    public Opening {
        Objects.requireNonNull(outside, "outside");
        windows = List.copyOf(windows);
        freezes = List.copyOf(freezes);
    }

    /** {@return at any time} */
    public static Opening always() {
        return new Opening(List.of(), List.of(), Outside.REFUSE);
    }

    /** {@return whether there is no time at which none may start} */
    public boolean isAlways() {
        return windows.isEmpty() && freezes.isEmpty();
    }
}
