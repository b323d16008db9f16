package io.jenkins.plugins.gateddeploy.jenkins.gate;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** The one door by which decisions come in, whatever page or script they come from. */
public final class Decisions {
    private Decisions() {}

    /**
     * Takes a person's decision on whatever waits at a gate now, and has it go on: for gates whose plan never becomes
     * another one.
     *
     * @see #decide(Authentication, String, Verdict, String, Optional)
     */
    public static Gate decide(Authentication person, String gate, Verdict verdict, String comment)
            throws GateException {
        return decide(person, gate, verdict, comment, Optional.empty());
    }

    /**
     * Takes a person's decision, and has whatever waits for it go on.
     *
     * @param person as they are logged in
     * @param gate its id
     * @param comment may be empty
     * @param plan digest of the plan that the person has seen; empty for the newest
     * @return the gate after it
     * @throws AccessDeniedException3 when the person may not approve in the job that waits
     * @throws GateException when there is no such gate, it is closed or about another plan by now, or its rules do not
     *     ask this person
     */
    public static Gate decide(
            Authentication person, String gate, Verdict verdict, String comment, Optional<String> plan)
            throws GateException {
        check(person, gate);
        Gates gates = JenkinsHost.get().history().gates();
        Vote vote = new Vote(Actors.root(person).actor(), verdict, comment, plan);
        Gate after = gates.decide(gate, vote, Instant.now());
        Waiters.get().tell(after);
        return after;
    }

    /**
     * Takes back what a person has said.
     *
     * @param person as they are logged in
     * @param gate its id
     * @return the gate after it
     * @throws AccessDeniedException3 when the person may not approve in the job that waits
     * @throws GateException when there is no such gate, it is closed, or the person has said nothing
     */
    public static Gate withdraw(Authentication person, String gate) throws GateException {
        check(person, gate);
        Gate after = JenkinsHost.get()
                .history()
                .gates()
                .withdraw(gate, Actors.root(person).actor(), Instant.now());
        Waiters.get().tell(after);
        return after;
    }

    private static void check(Authentication person, String gate) throws GateException {
        Gates gates = JenkinsHost.get().history().gates();
        Item job = gates.find(gate)
                .flatMap(g -> Jobs.find(g.subject().job()))
                .filter(item -> item.getACL().hasPermission2(person, Item.READ))
                .orElseThrow(() -> new GateException(
                        Problem.error("gate.unknown", "There is no gate " + gate + ", or its job is gone.", "")));
        // Whoever says yes must be somebody, even where everybody may do everything; and builds run as Jenkins itself.
        boolean nobody = ACL.isAnonymous2(person) || ACL.SYSTEM2.equals(person);
        if (nobody || !job.getACL().hasPermission2(person, Permissions.APPROVE)) {
            throw new AccessDeniedException3(person, Permissions.APPROVE);
        }
    }
}
