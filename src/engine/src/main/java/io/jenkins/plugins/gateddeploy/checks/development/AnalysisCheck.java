package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Analysis;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether static analysis found more than is borne, by its SARIF and Checkstyle files. No file is a problem too. */
final class AnalysisCheck implements Check {
    private static final String ID = "problem.static";
    private static final int MOST_SHOWN = 20;

    private final Analysis rules;
    private final Development development;

    AnalysisCheck(Analysis rules, Development development) {
        this.rules = rules;
        this.development = development;
    }

    @Override
    public String about() {
        return "static analysis";
    }

    @Override
    public Duration timeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public List<Problem> find() throws ProblemException, IOException, InterruptedException {
        Found found = new Found();
        for (String pattern : rules.reports()) {
            List<Development.Report> reports = development.reports(List.of(pattern));
            if (reports.isEmpty()) {
                found.problems.add(
                        Problem.error(
                                ID,
                                "No report of static analysis matches " + ReportText.line(pattern) + ".",
                                "Run the analysis before the deployment, or correct development.static.reports in deploy.toml."));
            }
            for (Development.Report report : reports) {
                if (found.read.add(report.path())) {
                    read(report, found);
                }
            }
        }
        return found.all();
    }

    private static void read(Development.Report report, Found found) throws IOException, InterruptedException {
        try {
            if (isXml(report)) {
                SafeXml.read(report.open(), new CheckstyleReport(found::take));
            } else {
                SarifReport.read(report.open(), SarifRules.read(report.open()), found::take);
            }
        } catch (SafeXml.Unfit e) {
            found.problems.add(Problem.error(
                    ID,
                    "The report of static analysis cannot be read: " + e.getMessage() + ".",
                    "Look whether the analysis ran to its end, and writes SARIF 2.1 or Checkstyle's XML.",
                    new Location(report.path(), 0, 0)));
        }
    }

    private static boolean isXml(Development.Report report) throws IOException {
        try (InputStream in = new BufferedInputStream(report.open(), 64)) {
            byte[] start = in.readNBytes(64);
            for (byte b : start) {
                if (b == '<' || b == '{') {
                    return b == '<';
                }
            }
        }
        return report.path().toLowerCase(Locale.ROOT).endsWith(".xml");
    }

    /** What the reports say together. */
    private final class Found {
        private final Set<String> read = new HashSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<Problem> shown = new ArrayList<>();
        private int count;

        void take(Finding finding) {
            if (finding.level().isEmpty() || finding.level().get().compareTo(rules.level()) < 0) {
                return;
            }
            count++;
            if (shown.size() < MOST_SHOWN) {
                String rule = finding.rule().isEmpty() ? "" : " (" + ReportText.line(finding.rule()) + ")";
                shown.add(Problem.error(
                        ID,
                        ReportText.line(finding.message()) + rule,
                        "Mend it.",
                        finding.file().isEmpty()
                                ? null
                                : new Location(ReportText.line(finding.file()), Math.max(finding.line(), 0), 0)));
            }
        }

        List<Problem> all() {
            List<Problem> all = new ArrayList<>(problems.subList(0, Math.min(problems.size(), MOST_SHOWN)));
            if (count > rules.most()) {
                String level = rules.level().name().toLowerCase(Locale.ROOT);
                String first = count > shown.size() ? "; the first " + shown.size() + " are shown" : "";
                all.add(Problem.error(
                        ID,
                        "Static analysis has " + count + " findings of the level " + level + " or above, and "
                                + rules.most() + " are borne" + first + ".",
                        "Mend them, or raise development.static.most in deploy.toml."));
                all.addAll(shown);
            }
            return all;
        }
    }
}
