package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;

/** The values of a list. */
final class ListRules {
    private ListRules() {}

    static void look(Pair pair, Schemas old, Schemas now, Place place, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        List<Node> before = pair.old().all("items");
        List<Node> after = pair.now().all("items");
        if (!before.isEmpty() || !after.isEmpty()) {
            Pair items = new Pair(old.of(before), now.of(after), pair.direction());
            visit.next(items, place.step("[]", items.now()));
        }
        List<Node> firstBefore = pair.old().first("prefixItems").items();
        List<Node> firstAfter = pair.now().first("prefixItems").items();
        for (int i = 0; i < Math.min(firstBefore.size(), firstAfter.size()); i++) {
            Pair item = new Pair(old.of(firstBefore.get(i)), now.of(firstAfter.get(i)), pair.direction());
            visit.next(item, place.step("[" + i + "]", item.now()));
        }
    }
}
