package io.jenkins.plugins.gateddeploy.checks.contract.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a tree out of what a parser says, without going deeper on the stack for a deeper document. For YAML it
 * knows anchors, aliases and merge keys: an alias is the value itself, not a copy, so that no small file becomes a large
 * tree.
 */
final class TreeBuilder {
    static final int DEEPEST = 250;
    static final int MOST_NODES = 4_000_000;

    /** <a href="https://yaml.org/type/merge.html">yaml.org/type/merge</a>. */
    private static final String MERGE = "<<";

    private final Source source;
    private final JsonParser parser;
    private final Anchors anchors;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, String> texts = new HashMap<>();
    private Node root = Node.Missing.MISSING;
    private int nodes;

    TreeBuilder(Source source, JsonParser parser, Anchors anchors) {
        this.source = source;
        this.parser = parser;
        this.anchors = anchors;
    }

    Node build() throws IOException, ProblemException, InterruptedException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (root.isThere()) {
                throw flaw("is more than one document.", "Keep one in the file.");
            }
            take(token);
        }
        if (!root.isThere()) {
            throw flaw("is empty.", "Write the document.");
        }
        return root;
    }

    private void take(JsonToken token) throws IOException, ProblemException, InterruptedException {
        switch (token) {
            case START_OBJECT -> begin(new Open(line(), new LinkedHashMap<>(), null, anchors.anchor(parser)));
            case START_ARRAY -> begin(new Open(line(), null, new ArrayList<>(), anchors.anchor(parser)));
            case FIELD_NAME -> key(open.element(), parser.currentName());
            case END_OBJECT, END_ARRAY -> end();
            default -> put(anchors.isAlias(parser) ? aliased() : scalar(token));
        }
    }

    private void key(Open table, String key) throws ProblemException {
        if (table.table.containsKey(key) && !table.merged.contains(key)) {
            throw flaw("has the key \"" + Unreadable.shown(key) + "\" twice.", "Remove one of them.");
        }
        table.key = shared(key);
    }

    private void begin(Open container) throws ProblemException {
        if (open.size() >= DEEPEST) {
            throw flaw("is deeper than " + DEEPEST + " levels.", "Flatten it.");
        }
        open.push(container);
    }

    private void end() throws ProblemException, InterruptedException {
        Open ended = open.pop();
        Node node = ended.list != null
                ? new Node.Items(ended.line, ended.list)
                : new Node.Table(source, ended.line, ended.table);
        anchors.remember(ended.anchor, node);
        put(node);
    }

    private Node scalar(JsonToken token) throws IOException {
        Node.Kind kind = switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Node.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Node.Kind.BOOLEAN;
            case VALUE_NULL -> Node.Kind.NULL;
            default -> Node.Kind.STRING;
        };
        String text = kind == Node.Kind.NULL ? "null" : kind == Node.Kind.BOOLEAN ? word(token) : parser.getText();
        Node node = new Node.Scalar(line(), kind, shared(text));
        anchors.remember(anchors.anchor(parser), node);
        return node;
    }

    /** YAML has other ways to write them. */
    private static String word(JsonToken token) {
        return token == JsonToken.VALUE_TRUE ? "true" : "false";
    }

    private Node aliased() throws IOException, ProblemException {
        String name = parser.getText();
        Node node = anchors.find(name);
        if (node == null) {
            throw flaw(
                    "has the alias *" + Unreadable.shown(name) + ", which stands for nothing before it, or for itself.",
                    "Write the anchor before it.");
        }
        return node;
    }

    private void put(Node node) throws ProblemException, InterruptedException {
        count(1);
        Open around = open.peek();
        if (around == null) {
            root = node;
        } else if (around.list != null) {
            around.list.add(node);
        } else if (anchors.areKnown() && around.key.equals(MERGE)) {
            merge(around, node);
        } else {
            around.table.put(around.key, node);
            around.merged.remove(around.key);
        }
    }

    /** Keys that are written beside a merge key win over those that it brings, wherever they stand. */
    private void merge(Open around, Node node) throws ProblemException, InterruptedException {
        List<Node> from = node instanceof Node.Items ? node.items() : List.of(node);
        for (Node table : from) {
            count(table.entries().size());
            table.entries().forEach((key, value) -> {
                if (around.table.putIfAbsent(key, value) == null) {
                    around.merged.add(key);
                }
            });
        }
    }

    private void count(int more) throws ProblemException, InterruptedException {
        nodes += more;
        if (nodes > MOST_NODES || nodes < 0) {
            throw flaw("has more than " + MOST_NODES + " values.", "Split it.");
        }
        if (nodes % 4096 == 0 && Thread.interrupted()) {
            throw new InterruptedException("stopped while reading " + source.path());
        }
    }

    /** Most texts of a document occur in it again and again: keys, types, names of parameters. */
    private String shared(String text) {
        if (text.length() > 40) {
            return text;
        }
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private ProblemException flaw(String flaw, String mend) {
        return Unreadable.document(source.path(), line(), "the file " + source.path() + " " + flaw, mend);
    }

    /** A table or list that has begun. */
    private static final class Open {
        private final int line;
        private final Map<String, Node> table;
        private final List<Node> list;
        private final String anchor;
        private final Set<String> merged = new HashSet<>(0);
        private String key = "";

        Open(int line, Map<String, Node> table, List<Node> list, String anchor) {
            this.line = line;
            this.table = table;
            this.list = list;
            this.anchor = anchor;
        }
    }
}
