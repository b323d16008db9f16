package io.jenkins.plugins.gateddeploy.checks.development;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamReader;

/**
 * One JUnit XML file, as <a href="https://github.com/testmoapp/junitxml">Ant, Maven Surefire and others</a> write it:
 * {@code testsuites} or {@code testsuite}, suites within suites, {@code testcase} with {@code failure} or {@code
 * error}. A test that failed and then passed ({@code flakyFailure}) has passed.
 */
final class TestReport implements SafeXml.Listener {
    /** More are not named, only counted. */
    private static final int MOST_NAMED = 20;

    private final Deque<Suite> suites = new ArrayDeque<>();
    private final List<String> failed = new ArrayList<>();
    private long tests;
    private long failures;
    private String test;
    private String why;
    private boolean rooted;

    /** What is known of a suite that has not ended. */
    private static final class Suite {
        private final String name;
        private final long declared;
        private long found;

        Suite(String name, long declared) {
            this.name = name;
            this.declared = declared;
        }
    }

    /** {@return how many tests there are} */
    long tests() {
        return tests;
    }

    /** {@return how many failed} */
    long failures() {
        return failures;
    }

    /** {@return the first of those, each with what it says about itself} */
    List<String> failed() {
        return failed;
    }

    @Override
    public void begins(String element, XMLStreamReader attributes) throws SafeXml.Unfit {
        if (!rooted && !element.equals("testsuites") && !element.equals("testsuite")) {
            throw new SafeXml.Unfit("it is no JUnit XML: its root is " + ReportText.line(element));
        }
        rooted = true;
        switch (element) {
            case "testsuites", "testsuite" -> suites.push(suite(attributes));
            case "testcase" -> {
                test = name(attributes);
                why = null;
                tests++;
            }
            case "failure", "error" -> fails(attributes);
            default -> {
                // Output, properties and repetitions.
            }
        }
    }

    private static Suite suite(XMLStreamReader attributes) {
        long declared = number(attributes, "failures") + number(attributes, "errors");
        return new Suite(SafeXml.attribute(attributes, "name"), declared);
    }

    private static String name(XMLStreamReader attributes) {
        String type = SafeXml.attribute(attributes, "classname");
        String name = SafeXml.attribute(attributes, "name");
        return type.isEmpty() ? name : type + "." + name;
    }

    private void fails(XMLStreamReader attributes) {
        String message = SafeXml.attribute(attributes, "message");
        if (test == null) {
            // Some write what stopped a whole suite beside its tests.
            Suite suite = suites.peek();
            count(suite == null ? "" : suite.name, message, 1);
        } else if (why == null) {
            why = message;
        }
    }

    @Override
    public void ends(String element) {
        if (element.equals("testcase") && test != null) {
            if (why != null) {
                count(test, why, 1);
            }
            test = null;
        } else if (element.equals("testsuites") || element.equals("testsuite")) {
            Suite suite = suites.pop();
            if (suite.declared > suite.found && suite.found == 0) {
                String says = "its report counts " + suite.declared + " without naming them";
                suites.push(suite);
                count(suite.name.isEmpty() ? "a suite" : suite.name, says, suite.declared);
                suites.pop();
            }
            if (!suites.isEmpty()) {
                suites.peek().found += suite.found;
            }
        }
    }

    private void count(String name, String message, long number) {
        failures += number;
        if (!suites.isEmpty()) {
            suites.peek().found += number;
        }
        if (failed.size() < MOST_NAMED) {
            String said = ReportText.line(message);
            failed.add(ReportText.line(name) + (said.isEmpty() ? "" : ": " + said));
        }
    }

    private static long number(XMLStreamReader attributes, String name) {
        String written = SafeXml.attribute(attributes, name);
        return written.matches("[0-9]{1,9}") ? Long.parseLong(written) : 0;
    }
}
