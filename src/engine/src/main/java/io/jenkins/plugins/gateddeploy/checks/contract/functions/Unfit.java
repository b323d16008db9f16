package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;

/** Says what is wrong with a manifest, as the end of the sentence "the file … ". */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    Unfit(String flaw, Node where) {
        super(flaw);
        this.line = where.line();
    }

    int line() {
        return line;
    }
}
