package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.ExtensionList;
import hudson.model.User;
import io.jenkins.plugins.gateddeploy.plan.Person;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.release.Submission;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which users wrote a change.
 *
 * @param users ids of those whose address is among the authors'
 * @param unmatched addresses that no user has; the empty one when a commit has none
 */
public record Authors(Set<String> users, Set<String> unmatched) {
    public Authors {
        users = Set.copyOf(users);
        unmatched = Set.copyOf(unmatched);
    }

    /**
     * {@return the users of this Jenkins who have these addresses} An address that several users have means all of
     * them. Upper and lower case are alike, as mail servers treat them in practice.
     *
     * @param emails of authors and committers; anybody can write any address into a commit
     */
    public static Authors of(Collection<String> emails) {
        Map<String, Set<String>> known = known();
        Set<String> users = new HashSet<>();
        Set<String> unmatched = new TreeSet<>();
        for (String email : emails) {
            Set<String> found = email.isBlank() ? Set.of() : known.getOrDefault(key(email), Set.of());
            users.addAll(found);
            if (found.isEmpty()) {
                unmatched.add(email);
            }
        }
        return new Authors(users, unmatched);
    }

    /** {@return who of this Jenkins wrote what a plan brings} */
    public static Submission.Writers writers(Plan plan) {
        Authors authors = of(plan.commits().people().stream().map(Person::email).toList());
        return new Submission.Writers(authors.users(), !authors.unmatched().isEmpty());
    }

    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new HashMap<>();
        for (Addresses addresses : ExtensionList.lookup(Addresses.class)) {
            for (User user : User.getAll()) {
                for (String address : addresses.of(user)) {
                    known.computeIfAbsent(key(address), k -> new HashSet<>()).add(user.getId());
                }
            }
        }
        return known;
    }

    private static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
