package io.jenkins.plugins.gateddeploy.checks.target;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.doctor.Inspection;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether each target can be reached, lets in, and is fit: what {@code doctor} knows, in one command a target. */
final class TargetsCheck implements Check {
    /** A healthy target answers in a fraction of a second; a sick one is to be told from the others. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Inspection inspection;
    private final Remote remote;

    TargetsCheck(Inspection inspection, Remote remote) {
        this.inspection = inspection;
        this.remote = remote;
    }

    @Override
    public String about() {
        return "the targets";
    }

    /** Those that time out do so in turns, when there are more than are worked on at once. */
    @Override
    public Duration timeout() {
        Targets.Settings ssh = inspection.configuration().ssh();
        int turns = 1 + remote.targets().size() / Math.max(1, ssh.parallel());
        return ssh.connectTimeout().plus(ANSWER).multipliedBy(turns).plusSeconds(10);
    }

    @Override
    public Map<Target, Command> questions() {
        Command question = inspection.command().within(ANSWER);
        Map<Target, Command> questions = new LinkedHashMap<>();
        remote.targets().forEach(target -> questions.put(target, question));
        return questions;
    }

    @Override
    public List<Problem> find() throws InterruptedException {
        return inspection.of(remote.targets(), commands -> remote.run(questions())).stream()
                .flatMap(target -> target.problems().stream())
                .toList();
    }
}
