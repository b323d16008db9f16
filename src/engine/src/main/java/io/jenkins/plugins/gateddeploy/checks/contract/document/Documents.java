package io.jenkins.plugins.gateddeploy.checks.contract.document;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The documents of one version of the application, and where their references lead: within the file, or into another
 * file of the same version. Nothing is ever asked for over a network. For use by one thread.
 */
public final class Documents {
    private static final int MOST_FILES = 500;
    private static final int MOST_REFERENCES_IN_A_ROW = 100;
    private static final String REFERENCE = "$ref";

    private final Files files;
    private final Map<String, Source> read = new HashMap<>();
    private final Map<String, Node.Table> broken = new TreeMap<>();

    /** @param files of the version */
    public Documents(Files files) {
        this.files = files;
    }

    /** {@return the version for people} */
    public String version() {
        return files.version();
    }

    /**
     * {@return a file; empty when the version has none of that path}
     *
     * @throws ProblemException when it cannot be read, with the version in which it is so
     */
    public Optional<Source> open(String path) throws IOException, ProblemException, InterruptedException {
        if (read.containsKey(path)) {
            return Optional.of(read.get(path));
        }
        Optional<byte[]> bytes = files.read(path);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Source source = DocumentReader.read(path, bytes.get());
        read.put(path, source);
        return Optional.of(source);
    }

    /** {@return references that lead nowhere, each with a table that has it, in the order of their names} */
    public Map<String, Node.Table> broken() {
        return broken;
    }

    /** {@return whether this is a reference} */
    public static boolean isReference(Node node) {
        return node.get(REFERENCE).text().isPresent();
    }

    /**
     * {@return what a value is after its references were followed; itself when it is none, {@link Node.Missing} when
     * they lead nowhere, which is then remembered}
     */
    public Node follow(Node node) throws IOException, ProblemException, InterruptedException {
        Node here = node;
        Set<Node> seen = new HashSet<>();
        while (here instanceof Node.Table table && table.get(REFERENCE).text().isPresent()) {
            if (!seen.add(table) || seen.size() > MOST_REFERENCES_IN_A_ROW) {
                return lost(table);
            }
            here = target(table, table.get(REFERENCE).text().get());
            if (!here.isThere()) {
                return lost(table);
            }
        }
        return here;
    }

    private Node lost(Node.Table table) {
        table.get(REFERENCE).text().ifPresent(reference -> broken.putIfAbsent(reference, table));
        return Node.Missing.MISSING;
    }

    private Node target(Node.Table from, String reference) throws IOException, ProblemException, InterruptedException {
        int hash = reference.indexOf('#');
        String file = hash < 0 ? reference : reference.substring(0, hash);
        String pointer = hash < 0 ? "" : reference.substring(hash + 1);
        if (file.isEmpty()) {
            return at(from.source().root(), pointer);
        }
        Optional<String> path = sibling(from.source().path(), decoded(file));
        if (path.isEmpty() || (read.size() >= MOST_FILES && !read.containsKey(path.get()))) {
            return Node.Missing.MISSING;
        }
        Optional<Source> other = open(path.get());
        return other.isEmpty() ? Node.Missing.MISSING : at(other.get().root(), pointer);
    }

    /** {@return the path of a file that is named from another; empty when it is none of this version} */
    private static Optional<String> sibling(String from, String name) {
        if (name.contains(":") || name.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        String folder = from.substring(0, from.lastIndexOf('/') + 1);
        for (String part : (folder + name).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /** <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>, in the form of a URI's fragment. */
    private static Node at(Node root, String pointer) {
        if (pointer.isEmpty()) {
            return root;
        }
        if (!pointer.startsWith("/")) {
            return Node.Missing.MISSING;
        }
        Node here = root;
        for (String part : pointer.substring(1).split("/", -1)) {
            String key = decoded(part).replace("~1", "/").replace("~0", "~");
            here = here instanceof Node.Items list ? item(list, key) : here.get(key);
        }
        return here;
    }

    private static Node item(Node.Items list, String index) {
        boolean fits = index.matches("[0-9]{1,7}")
                && Integer.parseInt(index) < list.items().size();
        return fits ? list.items().get(Integer.parseInt(index)) : Node.Missing.MISSING;
    }

    private static String decoded(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }
}
