package io.jenkins.plugins.gateddeploy.checks.report;

import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A judgement as a JUnit report, in the form that Jenkins' junit plugin reads: a test for each kind of problem. An error
 * fails, what is forced counts as skipped, a warning passes and is in its output.
 */
public final class JunitXml {
    /** XML 1.0, production 2: what may be in a document. */
    private static final String NOT_ALLOWED = "[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

    private final Judgement judgement;
    private final StringWriter text = new StringWriter();

    private JunitXml(Judgement judgement) {
        this.judgement = judgement;
    }

    /** {@return the document} */
    public static String of(String app, String environment, Judgement judgement) {
        JunitXml report = new JunitXml(judgement);
        try {
            report.write(app, environment);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A document made here cannot be written", e);
        }
        return report.text.toString();
    }

    private void write(String app, String environment) throws XMLStreamException {
        Map<String, List<Problem>> byId = new LinkedHashMap<>();
        judgement
                .problems()
                .forEach(p ->
                        byId.computeIfAbsent(p.id(), id -> new ArrayList<>()).add(p));
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", allowed("Checks of " + app + " for " + environment));
        xml.writeAttribute("tests", String.valueOf(1 + byId.size()));
        xml.writeAttribute("failures", String.valueOf(count(byId, false)));
        xml.writeAttribute("skipped", String.valueOf(count(byId, true)));
        xml.writeAttribute("errors", "0");
        // Without it, a report of an environment in which all is well would have no test, which readers take for a
        // fault.
        testcase(xml, app, environment, "checks were carried out");
        xml.writeEndElement();
        for (Map.Entry<String, List<Problem>> entry : byId.entrySet()) {
            testcase(xml, app, environment, entry.getKey());
            content(xml, entry.getValue());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
    }

    private long count(Map<String, List<Problem>> byId, boolean forced) {
        return byId.values().stream()
                .map(List::stream)
                .filter(all -> all.anyMatch(p -> p.severity() == Severity.ERROR && judgement.isForced(p) == forced))
                .count();
    }

    private static void testcase(XMLStreamWriter xml, String app, String environment, String name)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", allowed(app + "." + environment));
        xml.writeAttribute("name", allowed(name));
        xml.writeAttribute("time", "0");
    }

    private void content(XMLStreamWriter xml, List<Problem> problems) throws XMLStreamException {
        StringBuilder lines = new StringBuilder();
        problems.forEach(p -> lines.append(p.oneLine()).append('\n'));
        Problem worst = problems.stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .findFirst()
                .orElse(problems.get(0));
        if (worst.severity() == Severity.WARNING) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(allowed(lines.toString()));
        } else if (judgement.isForced(worst)) {
            xml.writeStartElement("skipped");
            xml.writeAttribute(
                    "message", allowed("Forced: " + judgement.forced().reason()));
            xml.writeCharacters(allowed(lines.toString()));
        } else {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", allowed(worst.message()));
            xml.writeCharacters(allowed(lines.toString()));
        }
        xml.writeEndElement();
    }

    private static String allowed(String text) {
        return text.replaceAll(NOT_ALLOWED, "\uFFFD");
    }
}
