package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import java.net.URI;
import java.util.Optional;

/** Where gates are looked at in tests. */
record Pages(Optional<String> root) implements Directions {
    static Pages linked() {
        return new Pages(Optional.of("https://ci.example.org/gates/"));
    }

    @Override
    public Optional<URI> link(Gate gate) {
        return root.map(r -> URI.create(r + gate.id()));
    }

    @Override
    public String otherwise(Gate gate) {
        return "Look at the page of the build.";
    }
}
