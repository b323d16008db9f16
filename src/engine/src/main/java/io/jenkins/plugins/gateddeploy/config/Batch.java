package io.jenkins.plugins.gateddeploy.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** How many targets at once: a number of them, or a share of all. */
record Batch() implements Shape<Object> {
    private static final Pattern SHARE = Pattern.compile("(100|[1-9][0-9]?)%");

    @Override
    public String expected() {
        return "a number of targets such as 2, or a share such as \"50%\"";
    }

    @Override
    public Optional<Object> read(Node node, Findings findings) {
        Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
        boolean share = value instanceof String text && SHARE.matcher(text).matches();
        boolean number = value instanceof Long count && count >= 1 && count <= 10_000;
        if (share || number) {
            return Optional.of(value);
        }
        if (value instanceof String || value instanceof Long) {
            findings.value(node, expected(), "is " + Quoted.quote(value.toString()));
        } else {
            findings.type(node, expected());
        }
        return Optional.empty();
    }
}
