package io.jenkins.plugins.gateddeploy.source;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** The branches and tags of a repository, found by the names that people use. */
final class GitRefs {
    private static final String ORIGIN = "origin/";
    private static final int SHOWN = 5;

    private final Map<String, Ref> refs;

    /** @param refs by full name; tags peeled where they are annotated */
    GitRefs(Map<String, Ref> refs) {
        this.refs = refs;
    }

    boolean isEmpty() {
        return refs.isEmpty();
    }

    /**
     * {@return what a name points at, an annotated tag as what it tags}
     *
     * <p>In git's order (gitrevisions(7)): as it is, below {@code refs/}, a tag, a branch. What git keeps as
     * {@code origin/x} in a clone is {@code x} here.
     */
    Optional<ObjectId> find(String name) {
        Optional<ObjectId> found = Stream.of("", "refs/", Constants.R_TAGS, Constants.R_HEADS)
                .map(prefix -> refs.get(prefix + name))
                .filter(ref -> ref != null && ref.getObjectId() != null)
                .findFirst()
                .map(GitRefs::target);
        boolean remote = found.isEmpty() && name.startsWith(ORIGIN);
        return remote ? find(name.substring(ORIGIN.length())) : found;
    }

    /**
     * {@return what branches and tags lead to, each once} With a clone's branches of its server: a workspace that is
     * nobody's clone but a build's may have no others.
     */
    Set<ObjectId> heads() {
        return refs.values().stream()
                .filter(ref -> Stream.of(Constants.R_HEADS, Constants.R_TAGS, Constants.R_REMOTES)
                        .anyMatch(ref.getName()::startsWith))
                .filter(ref -> ref.getObjectId() != null)
                .map(GitRefs::target)
                .collect(Collectors.toSet());
    }

    /** {@return the head of a branch, never a tag of the same name} */
    Optional<ObjectId> branch(String name) {
        return Stream.of(name, name.startsWith(ORIGIN) ? name.substring(ORIGIN.length()) : name)
                .map(branch -> branch.startsWith(Constants.R_HEADS) ? branch : Constants.R_HEADS + branch)
                .map(refs::get)
                .filter(ref -> ref != null && ref.getObjectId() != null)
                .findFirst()
                .map(GitRefs::target);
    }

    /** {@return a tag of a commit: the one that was asked for if it is one, else the last by name; null when none} */
    String tagOf(ObjectId commit, String askedFor) {
        List<String> tags = refs.values().stream()
                .filter(ref -> ref.getName().startsWith(Constants.R_TAGS) && commit.equals(target(ref)))
                .map(ref -> ref.getName().substring(Constants.R_TAGS.length()))
                .sorted()
                .toList();
        if (tags.isEmpty() || tags.contains(askedFor)) {
            return tags.isEmpty() ? null : askedFor;
        }
        return tags.get(tags.size() - 1);
    }

    /** {@return the names of branches and tags that look most like another, nearest first} */
    List<String> near(String name) {
        int farthest = Math.max(2, name.length() / 2);
        return refs.keySet().stream()
                .filter(ref -> ref.startsWith(Constants.R_HEADS) || ref.startsWith(Constants.R_TAGS))
                .map(ref -> ref.substring(ref.indexOf('/', "refs/".length()) + 1))
                .distinct()
                .map(candidate -> Map.entry(candidate, distance(candidate, name)))
                .filter(candidate -> candidate.getValue() <= farthest)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .limit(SHOWN)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static ObjectId target(Ref ref) {
        return ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
    }

    /** {@return the number of characters to insert, delete or replace (Levenshtein)} */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }

    /** {@return the names of branches, or of tags, in their order} */
    List<String> names(String prefix) {
        return refs.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .toList();
    }

    /** {@return where the branches are} */
    List<ObjectId> branchHeads() {
        return refs.entrySet().stream()
                .filter(ref -> ref.getKey().startsWith(Constants.R_HEADS))
                .map(ref -> ref.getValue().getObjectId())
                .distinct()
                .toList();
    }
}
