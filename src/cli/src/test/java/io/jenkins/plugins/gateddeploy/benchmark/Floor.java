package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Application;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Contender;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What can hardly be beaten: one {@code ssh} a server, all at once, that runs all of the work as one shell script. It
 * notices little that goes wrong and takes nothing back.
 */
final class Floor implements Contender {
    static final String NAME = "floor: one `ssh` and one script a target";

    private final Site site;
    private final int count;
    private final Path repository;
    private int releases;

    Floor(Site site, int count, Path repository) {
        this.site = site;
        this.count = count;
        this.repository = repository;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String directory() {
        return "floor-" + count;
    }

    @Override
    public void deploy(String commit) throws IOException, InterruptedException {
        releases++;
        everywhere("""
                N=$B/releases/$R
                mkdir -p "$B/releases" "$B/shared/storage" && mkdir "$B/lock" && mkdir "$N"
                [ -e "$B/repo/HEAD" ] || git init -q --bare "$B/repo"
                git --git-dir="$B/repo" cat-file -e "$C^{commit}" 2>/dev/null ||
                  git --git-dir="$B/repo" fetch -q --prune --force "$URL" '+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*'
                git --git-dir="$B/repo" archive "$C" | tar -xf - -C "$N"
                rm -rf "$N/storage"
                ln -s "$B/shared/storage" "$N/storage"
                cd "$N"
                sh -c "$BUILD"
                readlink "$B/current" >"$B/previous" || :
                ln -sfn "releases/$R" "$B/current.new"
                mv -T "$B/current.new" "$B/current"
                sh -c "$RESTART"
                cd "$B/releases"
                ls | sort | head -n -"$KEEP" | xargs -r rm -rf
                echo "deployed $R $C" >>"$B/log"
                rmdir "$B/lock"
                """, commit);
    }

    @Override
    public void rollback() throws IOException, InterruptedException {
        everywhere("""
                mkdir "$B/lock"
                ln -sfn "$(cat "$B/previous")" "$B/current.new"
                mv -T "$B/current.new" "$B/current"
                cd "$B/current/"
                sh -c "$RESTART"
                echo "rolled back" >>"$B/log"
                rmdir "$B/lock"
                """, "");
    }

    private void everywhere(String script, String commit) throws IOException, InterruptedException {
        String variables = "set -e\n" + set("B", site.there(directory()).toString()) + set("C", commit)
                + set("R", "%06d".formatted(releases)) + set("URL", repository.toString())
                + set("BUILD", Application.BUILD) + set("RESTART", Application.RESTART)
                + set("KEEP", Integer.toString(Application.KEEP));
        List<List<String>> commands = new ArrayList<>();
        for (Target target : site.targets(count)) {
            List<String> command = new ArrayList<>(site.options("ssh"));
            command.addAll(List.of(
                    "-p",
                    Integer.toString(target.port()),
                    Site.login(target),
                    "sh -c " + Shell.quote(variables + script)));
            commands.add(command);
        }
        site.child().together(commands);
    }

    private static String set(String name, String value) {
        return name + "=" + Shell.quote(value) + "\n";
    }
}
