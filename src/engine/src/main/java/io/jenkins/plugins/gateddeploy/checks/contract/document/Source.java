package io.jenkins.plugins.gateddeploy.checks.contract.document;

import java.util.Objects;

/** The file that a tree was read from. */
public final class Source {
    private final String path;
    private Node root = Node.Missing.MISSING;

    Source(String path) {
        this.path = Objects.requireNonNull(path, "path");
    }

    /** {@return relative to the version, with {@code /}} */
    public String path() {
        return path;
    }

    /** {@return the whole tree} */
    public Node root() {
        return root;
    }

    void hold(Node tree) {
        root = tree;
    }
}
