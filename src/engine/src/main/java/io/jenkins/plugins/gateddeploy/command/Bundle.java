package io.jenkins.plugins.gateddeploy.command;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Several commands that are sent to a target as one and run there one after the other, each in a shell of its own, since
 * a message there and back takes longer than any of them. They are all that they would be alone, but have to be done
 * within the time of the most impatient one.
 */
public final class Bundle {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Command> parts;
    private final String word;

    private Bundle(List<Command> parts, String word) {
        this.parts = parts;
        this.word = word;
    }

    /**
     * {@return the commands as one}
     *
     * @param parts at least one; none reads anything or has to run apart from others
     */
    public static Bundle of(List<Command> parts) {
        for (Command part : parts) {
            if (part.alone() || part.stdin().bytes().length > 0) {
                throw new IllegalArgumentException("\"" + part.name() + "\" cannot be run beside others.");
            }
        }
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new Bundle(List.copyOf(parts), HexFormat.of().formatHex(bytes));
    }

    /** {@return what is run in place of all} */
    public Command command() {
        StringBuilder script = new StringBuilder();
        for (Command part : parts) {
            script.append("(\n").append(part.script()).append("\n) </dev/null\n");
            // What a part prints ends with a word that nobody else knows, and its exit code.
            script.append("printf '\\036%s %s\\036' ").append(word).append(" \"$?\"\n");
            script.append("printf '\\036%s \\036' ").append(word).append(" >&2\n");
        }
        String name = parts.stream().map(Command::name).collect(Collectors.joining(", "));
        Duration timeout = parts.stream()
                .map(Command::timeout)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Command.of(name, script.toString(), timeout);
    }

    /** {@return what became of each of the commands, in their order} */
    public List<Outcome> outcomes(Outcome whole) {
        if (!(whole instanceof Outcome.Exited exited)) {
            return parts.stream().map(part -> whole).toList();
        }
        Matcher mark = Pattern.compile("\036" + word + " (\\d*)\036").matcher(exited.stdout());
        // Only the end of a long standard error is kept, so its sections count from there.
        List<String> errors = new ArrayList<>(List.of(exited.stderr().split("\036" + word + " \036", -1)));
        List<Outcome> outcomes = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (mark.find()) {
                int section = errors.size() - 1 - parts.size() + i;
                outcomes.add(new Outcome.Exited(
                        Integer.parseInt(mark.group(1)),
                        exited.stdout().substring(from, mark.start()),
                        section < 0 ? "" : errors.get(section)));
                from = mark.end();
            } else {
                // The shell did not get that far.
                outcomes.add(
                        new Outcome.Exited(exited.code() == 0 ? 1 : exited.code(), "", errors.get(errors.size() - 1)));
            }
        }
        return outcomes;
    }
}
