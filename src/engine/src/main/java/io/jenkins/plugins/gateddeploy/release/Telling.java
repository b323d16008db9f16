package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;

/**
 * Says in the log what the checks found.
 *
 * @param log of the deployment
 */
record Telling(Log log) {

    /** Says it, problem by problem, and who let what pass. */
    void tell(Judgement judgement, Actor actor) {
        judgement.problems().forEach(problem -> log.say(mark(judgement, problem) + problem.oneLine()));
        if (!judgement.forced().isNothing()) {
            log.say("Forced by " + actor.id() + ": " + judgement.forced().words());
        }
    }

    private static String mark(Judgement judgement, Problem problem) {
        if (problem.severity() == Severity.WARNING) {
            return "Warning: ";
        }
        return judgement.isForced(problem) ? "Forced: " : "Problem: ";
    }
}
