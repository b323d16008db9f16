package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Documents;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The schemas of one version. */
final class Schemas {
    /** A schema with more parts is made to be slow. */
    private static final int MOST_PARTS = 2000;

    private static final Set<String> BESIDE_REFERENCE = Set.of("$ref", "description", "summary");

    private final Documents documents;
    private final Map<Key, Schema> made = new HashMap<>();
    /** Nearly all are asked for by one place, and again and again. */
    private final Map<Node, Schema> alone = new HashMap<>();

    private final Map<Node, Node> followed = new HashMap<>();

    /**
     * What a schema is made of.
     *
     * @param roots everything that has to hold
     * @param chosen the choices that have been made: one of their schemas is among the roots
     * @param types no others are allowed
     */
    record Key(List<Node> roots, Set<Node> chosen, Types types) {}

    Schemas(Documents documents) {
        this.documents = documents;
    }

    /** {@return the schema that stands there; one that allows everything when nothing does} */
    Schema of(Node node) throws IOException, ProblemException, InterruptedException {
        Schema known = alone.get(node);
        if (known == null) {
            known = all(node.isThere() ? List.of(node) : List.of());
            alone.put(node, known);
        }
        return known;
    }

    /** {@return the schema of everything that fits all of these} */
    Schema of(List<Node> nodes) throws IOException, ProblemException, InterruptedException {
        return nodes.size() == 1 ? of(nodes.get(0)) : all(nodes);
    }

    private Schema all(List<Node> nodes) throws IOException, ProblemException, InterruptedException {
        Set<Node> roots = new HashSet<>();
        List<Node> ordered = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            Node root = root(node);
            if (root.isThere() && roots.add(root)) {
                ordered.add(root);
            }
        }
        String name = nodes.size() == 1 ? name(nodes.get(0)) : null;
        return make(new Key(ordered, Set.of(), Types.ALL), name);
    }

    /** {@return a schema together with one alternative of a choice that it has} */
    Schema choose(Schema schema, Node.Items choice, Node alternative)
            throws IOException, ProblemException, InterruptedException {
        Set<Node> roots = new LinkedHashSet<>(schema.key().roots());
        Node root = root(alternative);
        if (root.isThere()) {
            roots.add(root);
        }
        Set<Node> chosen = new HashSet<>(schema.key().chosen());
        chosen.add(choice);
        return make(new Key(List.copyOf(roots), chosen, schema.key().types()), name(alternative));
    }

    /** {@return a schema of which only these types are meant} */
    Schema only(Schema schema, Types types) throws IOException, ProblemException, InterruptedException {
        Key key = schema.key();
        return make(new Key(key.roots(), key.chosen(), key.types().and(types)), schema.name());
    }

    /** {@return the name by which a reference calls what it leads to; null for none} */
    static String name(Node node) {
        return node.get("$ref")
                .text()
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .filter(name -> !name.isEmpty())
                .orElse(null);
    }

    /** What a reference leads to, so that all who refer to it mean one object; unless something is written beside it. */
    private Node root(Node node) throws IOException, ProblemException, InterruptedException {
        if (!Documents.isReference(node)
                || !BESIDE_REFERENCE.containsAll(node.entries().keySet())) {
            return node;
        }
        return follow(node);
    }

    private Node follow(Node node) throws IOException, ProblemException, InterruptedException {
        Node known = followed.get(node);
        if (known == null) {
            known = documents.follow(node);
            followed.put(node, known);
        }
        return known;
    }

    private Schema make(Key key, String name) throws IOException, ProblemException, InterruptedException {
        Schema known = made.get(key);
        if (known == null) {
            known = flatten(key, name);
            made.put(key, known);
        }
        return known;
    }

    private Schema flatten(Key key, String name) throws IOException, ProblemException, InterruptedException {
        List<Node.Table> parts = new ArrayList<>(1);
        List<Node.Items> choices = new ArrayList<>(0);
        boolean never = false;
        Set<Node> seen = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(key.roots());
        while (!open.isEmpty()) {
            Node node = open.poll();
            never |= node.isFalse();
            if (!(node instanceof Node.Table part) || !seen.add(part)) {
                continue;
            }
            if (seen.size() > MOST_PARTS) {
                throw Budget.exceeded("a schema is put together from more than " + MOST_PARTS + " others");
            }
            parts.add(part);
            if (Documents.isReference(part)) {
                // What is written beside a reference holds too.
                open.add(documents.follow(part));
            }
            open.addAll(part.get("allOf").items());
            for (String keyword : List.of("oneOf", "anyOf")) {
                if (part.get(keyword) instanceof Node.Items choice
                        && !key.chosen().contains(choice)) {
                    addChoice(choice, choices, open);
                }
            }
        }
        return new Schema(key, name, parts, choices, never);
    }

    private static void addChoice(Node.Items choice, List<Node.Items> choices, Deque<Node> open) {
        if (choice.items().size() == 1) {
            open.addAll(choice.items());
        } else if (!choice.items().isEmpty()) {
            choices.add(choice);
        }
    }
}
