package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;

/** What has to hold of two schemas so that each value of the one is a value of the other. */
final class SchemaRules {
    private final ChoiceRules choices;
    private final ObjectRules objects;
    private final Schemas old;
    private final Schemas now;

    SchemaRules(Schemas old, Schemas now) {
        this.old = old;
        this.now = now;
        this.choices = new ChoiceRules(old, now);
        this.objects = new ObjectRules(old, now);
    }

    /** Looks at two schemas by themselves, and says which of their parts are to be looked at next. */
    void look(Pair pair, Place place, Visit visit) throws IOException, ProblemException, InterruptedException {
        if (pair.narrow().isNever()) {
            return;
        }
        if (pair.wide().isNever()) {
            visit.breaks(Mend.ACCEPT, place, pair.isSent() ? "is no longer accepted" : "may now be there");
            return;
        }
        if (choices.look(pair, place, visit)) {
            types(pair, place, visit);
        }
    }

    private void types(Pair pair, Place place, Visit visit) throws IOException, ProblemException, InterruptedException {
        Types narrow = pair.narrow().types();
        Types wide = pair.wide().types();
        Types lost = narrow.without(wide);
        if (!lost.isNone()) {
            visit.breaks(pair.isSent() ? Mend.ACCEPT : Mend.ANSWER, place, lost(pair, lost));
        }
        Types common = narrow.and(wide);
        if (common.meets(Types.SINGLE)) {
            ValueRules.look(pair, common, place, visit);
        }
        if (common.meets(Types.ARRAY)) {
            ListRules.look(pair, old, now, place, visit);
        }
        if (common.meets(Types.OBJECT)) {
            objects.look(pair, place, visit);
        }
        if (pair.isSent()) {
            Limits.look(pair, common, place, visit);
            UnjudgedRules.look(pair, place, visit);
        }
    }

    private static String lost(Pair pair, Types lost) {
        if (!pair.isSent()) {
            return "may now be " + lost.words();
        }
        boolean anything = pair.old().types().equals(Types.ALL);
        return anything ? "now has to be " + pair.now().types().words() : "may no longer be " + lost.words();
    }
}
