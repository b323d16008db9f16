package io.jenkins.plugins.gateddeploy.command;

import io.jenkins.plugins.gateddeploy.target.Command;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is said to the targets of one deployment, in the order in which it is said.
 *
 * @param layout where things are
 * @param token names the holder of the lock; letters, digits and dashes
 * @param deployment the deployment's id in history and journal
 */
public record Commands(Layout layout, String token, String deployment) {
    /** For what only looks around or moves a name. */
    private static final Duration SHORT = Duration.ofMinutes(2);
    /** For what moves or removes many files. */
    private static final Duration LONG = Duration.ofHours(2);

    public Commands {
        if (!token.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("A lock's token is made of letters, digits and dashes: " + token);
        }
    }

    /**
     * {@return the state of a target, changing nothing}
     *
     * @param allReleases whether every release is described, or the current one only
     */
    public Command look(boolean allReleases) {
        return script().set("ABOUT", allReleases ? "all" : "current")
                .add(Part.LOOK)
                .command("look", SHORT);
    }

    /**
     * {@return takes the lock if it is free, and prints the state either way}
     *
     * @param holder one line that says who takes it
     */
    public Command lock(String holder, boolean allReleases) {
        return script().set("HOLDER", holder)
                .set("ABOUT", allReleases ? "all" : "current")
                .add(Part.LOCK, Part.LOOK)
                .command("lock", SHORT);
    }

    /**
     * {@return takes the lock from somebody else}
     *
     * @param old the holder's token
     * @param dead whether the holder is known to be gone; otherwise its lease must be over
     * @param lease after which a holder that gives no sign counts as gone
     */
    public Command takeOver(String old, boolean dead, Duration lease, String holder) {
        return script().set("OLD", old)
                .set("DEAD", dead ? "yes" : "no")
                .set("LEASE", String.valueOf(lease.toSeconds()))
                .set("HOLDER", holder)
                .add(Part.TAKEOVER)
                .command("take over the lock", SHORT);
    }

    /**
     * {@return gives a sign of life}
     *
     * @param timeout when a target counts as stalled; a few times shorter than the lease, or one that stalls would
     *     cost the others theirs
     */
    public Command renew(Duration timeout) {
        return script().add(Part.RENEW).command("renew the lock", timeout);
    }

    /** {@return gives back the locks with these tokens} */
    public Command unlock(Collection<String> tokens) {
        return script().set("TOKENS", String.join(" ", tokens)).add(Part.UNLOCK).command("unlock", SHORT);
    }

    /**
     * {@return begins with the files of a release: receives them, links what is shared and describes it}
     *
     * @param old absolute directory that unchanged files come from; empty when all are sent
     * @param link whether unchanged files become hard links rather than copies; either way what should be a file
     *     becomes one, though somebody put a link to the same bytes in its place
     * @param description one line that says what the release is
     */
    public Command receive(Beginning beginning, String old, boolean link, List<SharedLink> shared, String description) {
        Script script = begin(beginning)
                .set("OLD", old)
                .set("HOW", link ? "-Ll" : "-L --no-preserve=mode --preserve=timestamps --reflink=auto")
                .add(Part.RECEIVE);
        return linked(script, shared, description).command("receive files", LONG);
    }

    /** {@return receives the files that {@link #receive} asked for again, and does the rest of it} */
    public Command complete(String release, List<SharedLink> shared, String description) {
        Script script = script().set("R", release).add(Part.COMPLETE);
        return linked(script, shared, description).command("receive files again", LONG);
    }

    /**
     * {@return begins by having the target fetch a commit itself, links what is shared and describes it}
     *
     * @param url the repository, without credentials
     * @param commit 40 hex digits
     */
    public Command fetch(Beginning beginning, String url, String commit, List<SharedLink> shared, String description) {
        Script script = begin(beginning).set("URL", url).set("C", commit).add(Part.FETCH);
        return linked(script, shared, description).command("fetch files", LONG);
    }

    private Script begin(Beginning beginning) {
        Script script = script().set("R", beginning.release())
                .set("PREVIOUS", beginning.previous())
                .set("KIND", beginning.kind())
                .add(Part.BEGIN);
        if (!beginning.kept().isEmpty()) {
            script.add(Part.KEEP);
            beginning.kept().forEach(path -> script.call("keep", path));
        }
        return script;
    }

    private Script linked(Script script, List<SharedLink> shared, String description) {
        if (!shared.isEmpty()) {
            script.add(Part.SHARE);
            for (SharedLink link : shared) {
                script.call("share", link.path(), link.directory() ? "directory" : "file", link.target());
            }
        }
        return script.set("ABOUT_RELEASE", description).add(Part.DESCRIBE);
    }

    /** {@return starts a supervised run of tasks and follows it from its first byte} */
    public Command run(TaskRun run) {
        String name = run.name(token);
        return script().set("R", run.release())
                .set("SEQ", run.sequence())
                .set("DIR", layout.release(run.release()))
                .set("SUPERVISOR", run.supervisor())
                .set("BACK", run.back() ? "yes" : "no")
                .add(Part.RUN)
                .set("RUN", name)
                .set("FROM", "0")
                .add(Part.FOLLOW)
                .command("run " + run.title(), run.variables(), run.longest());
    }

    /**
     * {@return follows a run that was started before}
     *
     * @param run its name
     * @param from how many bytes of its output are known already
     */
    public Command follow(String run, long from, Duration timeout) {
        return script().set("RUN", run)
                .set("FROM", String.valueOf(from))
                .add(Part.FOLLOW)
                .command("follow " + run, timeout);
    }

    /**
     * {@return ends every task that runs under one of these locks} What was to come under them does not come any more,
     * though its command be on its way: no switch, no task but those of the way back.
     */
    public Command cancel(Collection<String> tokens) {
        return script().set("TOKENS", String.join(" ", tokens)).add(Part.CANCEL).command("cancel tasks", SHORT);
    }

    /**
     * {@return makes a release current}
     *
     * @param from what {@code current} must point at until then; empty for nothing
     */
    public Command switchTo(String release, String from) {
        return script().set("R", release).set("FROM", from).add(Part.SWITCH).command("switch", SHORT);
    }

    /**
     * {@return begins with making a release current that is there already; the shared files that are kept are set back
     * to what they held when it was current}
     */
    public Command beginSwitch(Beginning beginning) {
        Script script = begin(beginning).set("FROM", beginning.previous()).add(Part.SWITCH);
        return restored(script, beginning.release(), beginning.kept()).command("switch", SHORT);
    }

    private static Script restored(Script script, String release, List<String> files) {
        if (!files.isEmpty()) {
            script.add(Part.RESTORE).set("W", release);
            files.forEach(path -> script.call("restore", path));
        }
        return script;
    }

    /**
     * {@return makes what was current before current again}
     *
     * @param release the one that is current now
     * @param to what {@code current} pointed at before; empty for nothing
     */
    public Command goBack(String release, String to) {
        return goBack(release, to, List.of());
    }

    /**
     * {@return the same; shared files that a rollback had set back are as they were before it}
     *
     * @param files their paths
     */
    public Command goBack(String release, String to, List<String> files) {
        Script script = script().set("R", release).set("TO", to);
        if (!files.isEmpty() && !to.isEmpty()) {
            script.add(Part.RESTORE).set("W", Layout.releaseOf(to));
            script.call("set", Stream.concat(Stream.of("--"), files.stream()).toArray(String[]::new));
        }
        return script.add(Part.RETURN).command("return", SHORT);
    }

    /** {@return ends the deployment on a target and gives its lock back} */
    public Command end(Ending ending) {
        return end(ending, deployment, false);
    }

    /** {@return ends somebody else's deployment on a target whose lock is ours, and keeps it} */
    public Command settle(Ending ending, String interrupted) {
        return end(ending, interrupted, true);
    }

    private Command end(Ending ending, String whose, boolean keepLock) {
        return script().set("D", whose)
                .set("KEEP", keepLock ? "yes" : "no")
                .set("OUTCOME", ending.outcome())
                .set("RECORD", ending.record())
                .set("PRUNE", String.join(" ", ending.prune()))
                .set("DISCARD", String.join(" ", ending.discard()))
                .add(Part.END)
                .command("end", LONG);
    }

    /** {@return prints the list of files that came with a release} */
    public Command manifest(String release) {
        return Command.of(
                "read manifest", "cat " + Shell.quote(layout.base() + "/.gated-deploy/manifests/" + release), SHORT);
    }

    /** {@return prints a whole release as a tar stream} */
    public Command pack(String release) {
        return script().set("R", release).add(Part.PACK).command("pack", LONG);
    }

    /** {@return begins by receiving a release that another target packed} */
    public Command unpack(Beginning beginning) {
        return begin(beginning).add(Part.UNPACK).command("unpack", LONG);
    }

    /** {@return asks for a URL from the target; prints the body, a line end and the status} */
    public Command probeHttp(String url, Duration timeout) {
        return probe("http", timeout).set("WHAT", url).add(Part.PROBE).command("health check", margin(timeout));
    }

    /** {@return tries a TCP connection from the target} */
    public Command probeTcp(String host, int port, Duration timeout) {
        return probe("tcp", timeout)
                .set("HOST", host)
                .set("PORT", String.valueOf(port))
                .add(Part.PROBE)
                .command("health check", margin(timeout));
    }

    /** {@return runs a command line in the current release} */
    public Command probeRun(String commandLine, Duration timeout) {
        return probe("run", timeout)
                .set("WHAT", commandLine)
                .add(Part.PROBE)
                .command("health check", margin(timeout))
                .apart();
    }

    /**
     * {@return runs a command line in the current release, for what it prints}
     *
     * @param name what it does, in two or three words
     */
    public Command list(String name, String commandLine, Duration timeout) {
        return probe("run", timeout)
                .set("WHAT", commandLine)
                .add(Part.PROBE)
                .command(name, margin(timeout))
                .apart();
    }

    private Script probe(String kind, Duration timeout) {
        return script().set("KIND", kind).set("SECONDS_LEFT", seconds(timeout));
    }

    /**
     * {@return prints facts that tell whether the target can be deployed to}
     *
     * @param wanted what is looked for there
     */
    public Command doctor(Wanted wanted) {
        return script().set("NEEDED", String.join(" ", wanted.programs()))
                .set("ASKED", String.join(" ", wanted.asked()))
                .set("TASK_PATH", wanted.path())
                .set("EXTENSIONS", wanted.extensions() ? "yes" : "")
                .set("URL", wanted.url())
                .add(Part.DOCTOR)
                .command("examine", SHORT);
    }

    private Script script() {
        return new Script()
                .set("B", layout.base())
                .set("T", token)
                .set("D", deployment)
                .add(Part.COMMON);
    }

    /** As {@code timeout} and {@code sleep} take it. */
    static String seconds(Duration duration) {
        return duration.toSeconds() + "." + String.format("%03d", duration.toMillisPart());
    }

    private static Duration margin(Duration timeout) {
        return timeout.plusSeconds(10);
    }
}
