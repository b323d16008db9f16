package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.SharedLink;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.config.ReleaseSettings;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.source.Content;
import io.jenkins.plugins.gateddeploy.source.FileEntry;
import io.jenkins.plugins.gateddeploy.source.Manifest;
import io.jenkins.plugins.gateddeploy.source.Transfer;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the files of a version over SSH: those that differ from the release that is current on a target travel, the
 * others are copied there and checked. Targets with the same current release get the same stream, made once.
 *
 * @param work the deployment
 * @param version what is brought
 * @param about the release that is made of it
 */
record Push(Work work, Version version, About about) {

    /** What targets have in common that get the same stream: what is current, and which files it has. */
    private record Basis(String current, String manifest) {}

    void bring(Map<Target, TargetState> states) throws PhaseFailed, InterruptedException {
        List<FileEntry> files = files();
        Map<Basis, List<Target>> groups = new LinkedHashMap<>();
        states.forEach((target, state) -> groups.computeIfAbsent(
                        new Basis(state.current(), state.manifest()), b -> new ArrayList<>())
                .add(target));
        for (Map.Entry<Basis, List<Target>> group : groups.entrySet()) {
            bring(files, group.getKey(), group.getValue());
        }
    }

    private List<FileEntry> files() throws PhaseFailed {
        try (Content content = version.content().open()) {
            return content.files();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private PhaseFailed unreadable(IOException e) {
        Map<Target, String> everywhere = new LinkedHashMap<>();
        work.targets().forEach(t -> everywhere.put(t, e.getMessage()));
        return new PhaseFailed("Reading the files to deploy", everywhere, false);
    }

    private void bring(List<FileEntry> files, Basis basis, List<Target> targets)
            throws PhaseFailed, InterruptedException {
        Transfer transfer = transfer(files, basis, targets.get(0));
        int kept = transfer.kept().size() + transfer.copied().size();
        work.log()
                .say("Sending " + transfer.sent().size() + " of " + files.size() + " files to "
                        + String.join(", ", targets.stream().map(Target::name).toList())
                        + (kept == 0 ? "" : "; " + kept + " are there already"));
        Map<Target, Outcome> outcomes = work.fleet()
                .port()
                .send(
                        Fleet.commands(targets, t -> receive(basis)),
                        new ReleaseStream(version, about.release()).of(transfer));
        sendAgain(transfer, Fleet.succeeded("Receiving files", outcomes));
    }

    private Command receive(Basis basis) {
        ReleaseSettings settings = work.configuration().release();
        String old = basis.current().isEmpty()
                ? ""
                : basis.current().startsWith("/")
                        ? basis.current()
                        : work.commands().layout().base() + "/" + basis.current();
        return work.commands()
                .receive(
                        work.beginning(about.release(), basis.current(), DeploymentRecord.Kind.DEPLOY),
                        old,
                        settings.reuse() == ReleaseSettings.Reuse.LINK,
                        links(about),
                        CanonicalJson.write(about));
    }

    static List<SharedLink> links(About about) {
        return about.shared().stream()
                .map(s -> new SharedLink(s.path(), s.directory()))
                .toList();
    }

    /** What is shared never counts as there already: in the old release there is a link in its place. */
    private Transfer transfer(List<FileEntry> files, Basis basis, Target first)
            throws PhaseFailed, InterruptedException {
        if (basis.manifest().isEmpty()) {
            return Transfer.plan(files, new Manifest(List.of()));
        }
        Commands commands = work.commands();
        String current = basis.current().substring(basis.current().lastIndexOf('/') + 1);
        Map<Target, Outcome> outcomes = work.fleet().attempt(List.of(first), t -> commands.manifest(current));
        String text = Fleet.succeeded("Reading the list of files", outcomes)
                .get(first)
                .stdout();
        Manifest manifest;
        try {
            manifest = Manifest.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            work.log().say(first, "The list of files of " + current + " is damaged; every file travels.");
            manifest = new Manifest(List.of());
        }
        return Transfer.plan(
                files,
                new Manifest(manifest.lines().stream()
                        .filter(line -> !isShared(line.file().path()))
                        .toList()));
    }

    private boolean isShared(String path) {
        return about.shared().stream().anyMatch(s -> path.equals(s.path()) || path.startsWith(s.path() + "/"));
    }

    /** What turned out different on a target from what its list of files says is sent after all. */
    private void sendAgain(Transfer transfer, Map<Target, Outcome.Exited> received)
            throws PhaseFailed, InterruptedException {
        for (Map.Entry<Target, Outcome.Exited> entry : received.entrySet()) {
            Set<String> paths = new LinkedHashSet<>();
            entry.getValue()
                    .stdout()
                    .lines()
                    .filter(line -> line.startsWith("again "))
                    .forEach(line -> paths.add(line.substring("again ".length())));
            if (paths.isEmpty()) {
                continue;
            }
            Target target = entry.getKey();
            work.log().say(target, paths.size() + " files are not as they were sent before and travel again.");
            Map<Target, Outcome> outcomes = work.fleet()
                    .port()
                    .send(
                            Map.of(
                                    target,
                                    work.commands()
                                            .complete(about.release(), links(about), CanonicalJson.write(about))),
                            new ReleaseStream(version, about.release()).again(transfer, paths));
            Fleet.succeeded("Receiving files", outcomes);
        }
    }
}
