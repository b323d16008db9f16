package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found, the worst first. */
final class Changes {
    private static final String ID = "api.incompatible";
    /** Nobody reads more at once. */
    private static final int MOST_SHOWN = 100;

    private final String file;
    private final Set<Problem> breaking = new LinkedHashSet<>();
    private final Set<Problem> worrying = new LinkedHashSet<>();
    private int unseen;

    /** @param file the document, for what has no better place */
    Changes(String file) {
        this.file = file;
    }

    void breaks(Mend mend, Place place, String what) {
        add(breaking, Severity.ERROR, mend, place, what);
    }

    void worries(Mend mend, Place place, String what) {
        add(worrying, Severity.WARNING, mend, place, what);
    }

    private void add(Set<Problem> to, Severity severity, Mend mend, Place place, String what) {
        if (to.size() < MOST_SHOWN) {
            String message = place.subject() + " " + what + place.also() + ".";
            to.add(new Problem(ID, severity, message, mend.text(), place.location(file)));
        } else if (severity == Severity.ERROR) {
            unseen++;
        }
    }

    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(breaking);
        if (unseen > 0) {
            all.add(Problem.error(
                    ID, file + ": " + unseen + " more changes break old clients.", "Mend those above first."));
        }
        all.addAll(worrying);
        return all;
    }
}
