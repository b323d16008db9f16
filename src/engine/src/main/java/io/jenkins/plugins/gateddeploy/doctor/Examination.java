package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges the facts of one target. */
final class Examination {
    /** Leases and journals go by the target's clock alone; people who compare logs of two machines need them close. */
    private static final Duration MOST_SKEW = Duration.ofSeconds(5);
    /** Below a tenth, file systems get slow and one unlucky log file fills the rest. */
    private static final double LITTLE_LEFT = 0.10;
    /** Most releases with their dependencies are smaller. */
    private static final long LITTLE_DISK_KB = 1024 * 1024;
    /** Where nobody knows what is needed: not even the lock and the journal are sure to find room among what else writes. */
    private static final long NO_DISK_KB = 100 * 1024;
    /** Whoever has more need not count what comes. */
    private static final long MUCH_DISK_KB = 10L * 1024 * 1024;
    /** A build step such as npm or composer takes about as much; with less, the kernel ends it. */
    private static final long LITTLE_MEMORY_KB = 256 * 1024;

    private final Configuration configuration;
    private final Needs needs;
    private final Target target;
    private final Facts facts;
    private final Room room;
    private final Map<String, String> good = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Examination(Configuration configuration, Needs needs, Target target, Facts facts, Room room) {
        this.configuration = configuration;
        this.needs = needs;
        this.target = target;
        this.facts = facts;
        this.room = room;
    }

    Diagnosis.OnTarget judge() {
        good.put("ssh", "reached, host key known, logged in as " + user());
        clock();
        path();
        disk();
        inodes();
        memory();
        programs();
        asked();
        extensions();
        logind();
        git();
        return new Diagnosis.OnTarget(target.name(), good, problems);
    }

    private String base() {
        return configuration.release().path();
    }

    private String user() {
        return facts.last("user").orElse("unknown");
    }

    private void error(String what, String message, String mend) {
        problems.add(Problem.error("target." + what, target.name() + ": " + message, mend));
    }

    private void warning(String what, String message, String mend) {
        problems.add(Problem.warning("target." + what, target.name() + ": " + message, mend));
    }

    private void clock() {
        Duration skew = facts.skew().orElse(Duration.ZERO);
        if (skew.abs().compareTo(MOST_SKEW) > 0) {
            warning(
                    "clock",
                    "Its clock is " + skew.abs().toSeconds() + " s " + (skew.isNegative() ? "behind" : "ahead of")
                            + " this host's.",
                    "Have both follow the same time: timedatectl set-ntp true");
        } else {
            good.put("clock", "agrees with this host's");
        }
    }

    private void path() {
        if (facts.says("blocked", "yes")) {
            error(
                    "current",
                    base() + "/current is a real file or directory, but must be a link to a release.",
                    "Convert it: cd " + Shell.quote(base())
                            + " && mkdir -p releases && mv current releases/before-gated-deploy"
                            + " && ln -s releases/before-gated-deploy current");
        }
        List<String> unwritable = facts.all("unwritable");
        String nearest = facts.last("nearest").orElse("/");
        if (!facts.says("writable", "yes")) {
            boolean exists = nearest.equals(base());
            error(
                    "permission",
                    exists
                            ? base() + " is not writable for " + user() + "."
                            : base() + " is not there, and " + user() + " cannot make it in " + nearest + ".",
                    "As root: install -d -o " + Shell.quote(user()) + " " + Shell.quote(base()));
        } else if (!unwritable.isEmpty()) {
            error(
                    "permission",
                    String.join(", ", unwritable) + " not writable for " + user() + ".",
                    "As root: chown " + Shell.quote(user()) + " " + quoted(unwritable));
        } else {
            good.put("path", base() + (nearest.equals(base()) ? " is writable" : " can be made in " + nearest));
        }
    }

    private static String quoted(List<String> paths) {
        return String.join(" ", paths.stream().map(Shell::quote).toList());
    }

    private void disk() {
        OptionalLong free = facts.number("disk-free-kb");
        OptionalLong total = facts.number("disk-total-kb");
        if (free.isEmpty() || total.isEmpty()) {
            return;
        }
        long kb = free.getAsLong();
        String left = size(kb) + " of " + size(total.getAsLong()) + " free";
        String mend = "Make room, or keep fewer releases ([release] keep is "
                + configuration.release().keep() + "): df -h " + Shell.quote(base());
        OptionalLong needed = kb < MUCH_DISK_KB ? room.kilobytes() : OptionalLong.empty();
        if (kb < needed.orElse(NO_DISK_KB)) {
            String takes = needed.isPresent() ? ", and the release takes " + size(needed.getAsLong()) : "";
            error("disk", "There is no room for a release: " + left + takes + ".", mend);
        } else if (kb < LITTLE_DISK_KB || kb < total.getAsLong() * LITTLE_LEFT) {
            warning("disk", "There is little room: " + left + ".", mend);
        } else {
            good.put("disk", left);
        }
    }

    private void inodes() {
        OptionalLong free = facts.number("inodes-free");
        OptionalLong total = facts.number("inodes-total");
        if (free.isEmpty() || total.isEmpty() || total.getAsLong() == 0) {
            return;
        }
        String left = free.getAsLong() + " of " + total.getAsLong() + " inodes free";
        String mend = "Find what holds many small files: du --inodes -xd 2 / | sort -n | tail";
        if (free.getAsLong() == 0) {
            error("disk", "No further file can be made: " + left + ".", mend);
        } else if (free.getAsLong() < total.getAsLong() * LITTLE_LEFT) {
            warning("disk", "There is room for few more files: " + left + ".", mend);
        } else {
            good.put("inodes", left);
        }
    }

    private void memory() {
        OptionalLong available = facts.number("memory-available-kb");
        if (available.isEmpty()) {
            return;
        }
        String left = size(available.getAsLong()) + " available";
        if (available.getAsLong() < LITTLE_MEMORY_KB) {
            warning("memory", "There is little memory: " + left + ".", "See what has it: ps aux --sort=-rss | head");
        } else {
            good.put("memory", left);
        }
    }

    private void programs() {
        List<String> has = facts.all("has");
        List<String> missing = new ArrayList<>(
                needs.all().stream().filter(program -> !has.contains(program)).toList());
        if (!needs.oneOf().isEmpty() && needs.oneOf().stream().noneMatch(has::contains)) {
            missing.add(String.join(" or ", needs.oneOf()));
        }
        if (!missing.isEmpty()) {
            error(
                    "command",
                    "Not installed, or not on the PATH of a login without a terminal: " + String.join(", ", missing)
                            + ".",
                    "On Debian and Ubuntu: apt-get install " + Packages.of(missing));
        } else if (!has.contains("mv-T")) {
            error(
                    "command",
                    "Its mv does not know -T, which the atomic switch needs.",
                    "Install GNU coreutils or busybox.");
        } else {
            good.put("programs", "all there");
        }
    }

    private void asked() {
        List<String> has = facts.all("asked");
        List<String> missing =
                needs.asked().stream().filter(program -> !has.contains(program)).toList();
        if (!missing.isEmpty()) {
            String where = configuration.variables().containsKey("PATH")
                    ? "in the PATH of [variables]"
                    : "on the PATH of a login without a terminal";
            error(
                    "command",
                    "Not installed, or not " + where + ": " + String.join(", ", missing)
                            + ", which requires.commands of deploy.toml or its recipe names.",
                    "Install it there, set PATH in [variables] to where it is, or write requires.commands without it.");
        }
    }

    private void extensions() {
        List<String> wanted = needs.extensions();
        if (wanted.isEmpty() || !facts.all("asked").contains("php")) {
            return;
        }
        if (!facts.says("php", "yes")) {
            error(
                    "command",
                    "PHP does not say which extensions it has: php -m ended with "
                            + facts.last("php").orElse("no").replaceFirst("^no ?", "") + ".",
                    "Run php -m there and mend what it says.");
            return;
        }
        Set<String> has =
                facts.all("php-has").stream().map(Examination::extension).collect(Collectors.toSet());
        List<String> missing =
                wanted.stream().filter(name -> !has.contains(extension(name))).toList();
        if (missing.isEmpty()) {
            good.put("php", "has its extensions");
        } else {
            error(
                    "command",
                    "PHP has no extension " + String.join(", ", missing)
                            + " (php -m), which requires.php_extensions of deploy.toml or its recipe names.",
                    "On Debian and Ubuntu: apt-get install "
                            + missing.stream()
                                    .map(name -> "php-" + extension(name).replace(' ', '-'))
                                    .collect(Collectors.joining(" ")));
        }
    }

    /** PHP itself looks for them whatever their case, and lists some with their maker before the name. */
    private static String extension(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("zend ") ? lower.substring("zend ".length()) : lower;
    }

    /** Tasks that outlive a lost connection are ended by logind when it is told to clean up after a logout. */
    private void logind() {
        boolean kills = facts.last("kill-user-processes")
                .map(value -> value.strip().matches("(?i)yes|true|on|1"))
                .orElse(false);
        if (kills && !user().equals("root") && !facts.says("linger", "yes")) {
            error(
                    "logind",
                    "logind ends the processes of " + user()
                            + " at its logout (KillUserProcesses), and with them a task whose connection was lost.",
                    "As root: loginctl enable-linger " + Shell.quote(user()));
        }
    }

    private void git() {
        String answer = facts.last("git").orElse("");
        if (answer.equals("yes")) {
            good.put("git", "can read the repository");
        } else if (answer.startsWith("no")) {
            error(
                    "git",
                    "It cannot read " + configuration.source().repository().orElse("the repository") + ": "
                            + answer.substring(2).strip() + ".",
                    "Give " + user() + " a deploy key there, or set [source] mode to \"push\".");
        }
    }

    private static String size(long kilobytes) {
        if (kilobytes < 10 * 1024) {
            return kilobytes + " KiB";
        }
        double mebibytes = kilobytes / 1024.0;
        return mebibytes < 10 * 1024
                ? String.format(Locale.ROOT, "%.0f MiB", mebibytes)
                : String.format(Locale.ROOT, "%.0f GiB", mebibytes / 1024);
    }
}
