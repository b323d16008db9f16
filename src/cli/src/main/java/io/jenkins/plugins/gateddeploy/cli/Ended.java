package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.cli.terminal.Table;
import io.jenkins.plugins.gateddeploy.cli.terminal.Words;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.release.Result;
import java.util.Locale;

/** The last lines of a deployment: how it ended, and what is current on each target. */
final class Ended {
    private static final int LONGEST = 100;

    private Ended() {}

    static void print(Reading reading, Result result) {
        DeploymentRecord record = result.record();
        Style style = reading.style();
        reading.out().println();
        int width = record.targets().stream()
                .mapToInt(t -> t.target().length())
                .max()
                .orElse(0);
        for (DeploymentRecord.TargetOutcome target : record.targets()) {
            String name = String.format("%-" + Math.max(1, width) + "s", target.target());
            String current = target.current().isEmpty() ? "nothing known to be current" : "current " + target.current();
            String message = target.message().isEmpty() ? "" : "  " + style.bad(brief(target.message(), record));
            reading.out().println("  " + name + "  " + current + message);
        }
        reading.out().println(sentence(record, style));
    }

    /** {@return how it ended, in one line} */
    static String sentence(DeploymentRecord record, Style style) {
        String took = record.duration().map(d -> " in " + Words.of(d)).orElse("");
        String title = "#" + record.number() + " " + word(record.state()) + took + ".";
        return (record.state() == State.SUCCEEDED ? style.good(title) : style.bad(title)) + " "
                + Style.plain(record.message());
    }

    /** What the last line says in full is not said twice at length. */
    private static String brief(String message, DeploymentRecord record) {
        String plain = Style.plain(message);
        return record.message().contains(message) ? Table.cut(plain, LONGEST) : plain;
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
