package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Alike;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import java.util.List;

/** Keywords that can only be looked at as a whole: nobody can tell whether another condition is a weaker one. */
final class UnjudgedRules {
    private static final List<String> KEYWORDS = List.of(
            "not",
            "if",
            "then",
            "else",
            "contains",
            "dependentSchemas",
            "dependentRequired",
            "propertyNames",
            "unevaluatedProperties",
            "unevaluatedItems");

    private UnjudgedRules() {}

    static void look(Pair pair, Place place, Visit visit) {
        for (String keyword : KEYWORDS) {
            List<Node> before = pair.old().all(keyword);
            for (Node after : pair.now().all(keyword)) {
                if (before.stream().noneMatch(known -> Alike.are(known, after))) {
                    visit.breaks(
                            Mend.ACCEPT,
                            place,
                            "has a condition (" + keyword + ") that is new, or not the same as before");
                }
            }
        }
    }
}
