package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;

/** Who looks at two schemas: it hears what is wrong with them by themselves, and which of their parts to look at next. */
interface Visit {

    /** Something that breaks clients. */
    void breaks(Mend mend, Place place, String what);

    /** Something that may break some clients, and usually does not. */
    void worries(Mend mend, Place place, String what);

    /** Parts that have to fit for the whole to fit. */
    void next(Pair parts, Place place);

    /** {@return whether two schemas fit, without a word about it} */
    boolean fits(Pair pair) throws IOException, ProblemException, InterruptedException;
}
