package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.release.Rehearsed;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.PrintStream;
import java.util.List;

/** Prints a dry run: target by target, for each in order exactly what its shell would be given. */
final class Rehearsing {
    private Rehearsing() {}

    static void print(PrintStream out, Configuration configuration, List<Rehearsed> rehearsed) {
        for (Target target : configuration.targets()) {
            for (Rehearsed one : rehearsed) {
                if (one.target().equals(target)) {
                    out.println();
                    out.println("# " + target.name() + ": " + one.command().name());
                    if (!one.input().isEmpty()) {
                        out.println("# reads: " + one.input());
                    }
                    out.println(one.command().script().stripTrailing());
                }
            }
        }
    }
}
