package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamReader;

/** One file in the form of <a href="https://checkstyle.org">Checkstyle</a>, which many linters write. */
final class CheckstyleReport implements SafeXml.Listener {
    private final Consumer<Finding> findings;
    private String file = "";
    private boolean rooted;

    CheckstyleReport(Consumer<Finding> findings) {
        this.findings = findings;
    }

    @Override
    public void begins(String element, XMLStreamReader attributes) throws SafeXml.Unfit {
        if (!rooted && !element.equals("checkstyle")) {
            throw new SafeXml.Unfit(
                    "it is neither SARIF nor Checkstyle's XML: its root is " + ReportText.line(element));
        }
        rooted = true;
        if (element.equals("file")) {
            file = SafeXml.attribute(attributes, "name");
        } else if (element.equals("error")) {
            String line = SafeXml.attribute(attributes, "line");
            findings.accept(new Finding(
                    level(SafeXml.attribute(attributes, "severity")),
                    SafeXml.attribute(attributes, "source"),
                    SafeXml.attribute(attributes, "message"),
                    file,
                    line.matches("[0-9]{1,8}") ? Integer.parseInt(line) : 0));
        }
    }

    @Override
    public void ends(String element) {
        // Nothing comes after a file that belongs to it.
    }

    /** An unknown one counts as the worst. */
    private static Optional<Level> level(String severity) {
        return switch (severity.toLowerCase(Locale.ROOT)) {
            case "ignore" -> Optional.empty();
            case "info" -> Optional.of(Level.NOTE);
            case "warning" -> Optional.of(Level.WARNING);
            default -> Optional.of(Level.ERROR);
        };
    }
}
