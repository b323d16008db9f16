package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.release.Rehearsed;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dry run in a build's console: target by target, for each in order exactly what its shell would be given. */
final class Rehearsal {
    private Rehearsal() {}

    /** {@return what a script reads of it: the names of the commands of each target} */
    static Map<String, Object> print(
            Site site, Configuration configuration, Judgement judgement, List<Rehearsed> rehearsed) {
        PrintStream console = site.listener().getLogger();
        new Findings(console).print(judgement);
        Map<String, Object> commands = new LinkedHashMap<>();
        for (Target target : configuration.targets()) {
            List<Rehearsed> there =
                    rehearsed.stream().filter(r -> r.target().equals(target)).toList();
            there.forEach(r -> print(console, r));
            if (!there.isEmpty()) {
                commands.put(
                        target.name(),
                        new ArrayList<>(
                                there.stream().map(r -> r.command().name()).toList()));
            }
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("application", configuration.app());
        map.put("environment", configuration.environment());
        map.put("dryRun", true);
        map.put("commands", commands);
        return map;
    }

    private static void print(PrintStream console, Rehearsed rehearsed) {
        console.println();
        console.println(
                "# " + rehearsed.target().name() + ": " + rehearsed.command().name());
        if (!rehearsed.input().isEmpty()) {
            console.println("# reads: " + rehearsed.input());
        }
        console.println(rehearsed.command().script().stripTrailing());
    }
}
