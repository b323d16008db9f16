package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells people which commits a deployment brings.
 *
 * @param log where to
 * @param repository has the commits
 * @param coming the one to be deployed
 */
record Changes(Log log, GitSource repository, Revision coming) {
    private static final int SHOWN = 20;

    /** Says what is new since each commit that is current somewhere. */
    void tell(Collection<TargetState> states) throws InterruptedException {
        Set<String> current = states.stream()
                .flatMap(s -> s.currentAbout().stream())
                .map(About::commit)
                .filter(c -> c.length() == 40)
                .collect(Collectors.toSet());
        for (String commit : current) {
            try {
                tell(commit);
            } catch (ProblemException e) {
                log.say("The commits since " + commit + " cannot be listed: " + e.getMessage());
            }
        }
    }

    private void tell(String from) throws ProblemException, InterruptedException {
        if (from.equals(coming.id())) {
            log.say("The commit is the one that is current.");
            return;
        }
        Optional<List<Revision>> news = repository.between(from, coming.id(), SHOWN + 1);
        if (news.isEmpty()) {
            log.say("The repository does not have the commit that is current, " + from + ".");
            return;
        }
        Optional<List<Revision>> lost = repository.between(coming.id(), from, SHOWN + 1);
        list("New since " + from.substring(0, 7), news.get());
        list("Taken back", lost.orElse(List.of()));
    }

    private void list(String title, List<Revision> commits) {
        if (commits.isEmpty()) {
            return;
        }
        log.say(title + ":");
        commits.stream()
                .limit(SHOWN)
                .forEach(c -> log.say("  " + c.shortId() + " " + c.subject() + " (" + c.author() + ")"));
        if (commits.size() > SHOWN) {
            log.say("  … and more");
        }
    }
}
