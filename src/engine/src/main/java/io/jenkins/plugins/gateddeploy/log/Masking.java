package io.jenkins.plugins.gateddeploy.log;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces secrets by {@code ****}: as they are, each line of one with several, and in the forms in which programs like
 * to print them (see {@link SecretForms}). Where secrets overlap, all of what they cover goes.
 *
 * <p>A secret shorter than {@value SecretForms#SHORTEST} characters is not replaced: that would destroy every log, and
 * reveal the secret by its gaps. Safe for use by several threads.
 */
public final class Masking {
    private static final String MASK = "****";

    private final Set<String> forms = new LinkedHashSet<>();

    private volatile Needles needles = new Needles(List.of());

    /** @param secrets more can be added later */
    public Masking(Collection<Secret> secrets) {
        addAll(secrets);
    }

    /** From now on this secret is replaced too. */
    public void add(Secret secret) {
        addAll(List.of(secret));
    }

    /** From now on these secrets are replaced too. */
    public synchronized void addAll(Collection<Secret> secrets) {
        boolean more = false;
        for (Secret secret : secrets) {
            more |= forms.addAll(SecretForms.of(secret.reveal()));
        }
        if (more) {
            needles = new Needles(new ArrayList<>(forms));
        }
    }

    /** {@return the text without any secret; the same object when it holds none} */
    public String mask(String text) {
        return masked(text, needles.spans(text));
    }

    /**
     * Masks the beginning of a long text that is not complete yet.
     *
     * @param text the text so far; as long as {@code wanted} and {@link #lookahead()} together, or longer
     * @param wanted how many characters to take
     */
    Piece head(String text, int wanted) {
        List<Needles.Span> spans = needles.spans(text);
        int cut = wanted;
        for (Needles.Span span : spans) {
            if (span.from() < wanted && wanted < span.to()) {
                cut = span.from() > 0 ? span.from() : span.to();
            }
        }
        int end = cut;
        return new Piece(
                masked(
                        text.substring(0, end),
                        spans.stream().filter(s -> s.to() <= end).toList()),
                end);
    }

    /**
     * A piece of a text.
     *
     * @param masked without secrets
     * @param taken how many characters of the text it stands for
     */
    record Piece(String masked, int taken) {}

    /** {@return how many characters after a place must be known to know whether a secret begins there} */
    int lookahead() {
        return needles.longest();
    }

    private static String masked(String text, List<Needles.Span> spans) {
        if (spans.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (Needles.Span span : spans) {
            out.append(text, from, span.from()).append(MASK);
            from = span.to();
        }
        return out.append(text, from, text.length()).toString();
    }
}
