package io.jenkins.plugins.gateddeploy.checks.contract;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Current;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Documents;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Source;
import io.jenkins.plugins.gateddeploy.checks.contract.functions.FunctionComparison;
import io.jenkins.plugins.gateddeploy.checks.contract.functions.Functions;
import io.jenkins.plugins.gateddeploy.checks.contract.openapi.Api;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether clients of what is current can live with the version to come, by a document that says what they may call. */
final class ApiCheck implements Check {
    private static final String ID = "api.incompatible";

    private final String file;
    private final Files coming;
    private final Current current;

    ApiCheck(String file, Files coming, Current current) {
        this.file = file;
        this.coming = coming;
        this.current = current;
    }

    @Override
    public String about() {
        return file;
    }

    /** The largest documents take seconds to be read as YAML on a busy machine. */
    @Override
    public Duration timeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public List<Problem> find() throws ProblemException, IOException, InterruptedException {
        Optional<byte[]> bytes = coming.read(file);
        boolean known = bytes.isPresent();
        boolean compared = false;
        List<Files> changed = new ArrayList<>();
        Set<Problem> problems = new LinkedHashSet<>();
        for (Files version : current.versions()) {
            Optional<byte[]> before = version.read(file);
            known |= before.isPresent();
            compared |= before.isPresent();
            if (before.isPresent() && bytes.isEmpty()) {
                problems.add(removed(version));
            } else if (before.isPresent() && !isSame(bytes.get(), before.get())) {
                changed.add(version);
            }
        }
        if (!known) {
            throw new ProblemException(
                    "check.failed",
                    "there is no file " + file + " in " + coming.version() + ".",
                    "Correct api.file in deploy.toml, or commit the file.");
        }
        if (!changed.isEmpty() || !compared) {
            problems.addAll(compare(changed));
        }
        return List.copyOf(problems);
    }

    /** What stands in other files may have changed nevertheless. */
    private static boolean isSame(byte[] now, byte[] before) {
        return Arrays.equals(now, before) && LocalReferences.only(now);
    }

    private Problem removed(Files version) {
        return Problem.error(
                ID,
                "The file " + file + ", which " + version.version()
                        + " has, is no longer there, so nothing says that what" + " clients call still is.",
                "Keep the file, or remove it from api in deploy.toml once no client calls any of it.",
                new Location(file, 0, 0));
    }

    /** Reads the new document also when there is nothing to compare it with: the next deployment will have to. */
    private List<Problem> compare(List<Files> versions) throws ProblemException, IOException, InterruptedException {
        Documents now = new Documents(coming);
        Source source = now.open(file).orElseThrow();
        require(source);
        List<Problem> problems = new ArrayList<>();
        for (Files version : versions) {
            problems.addAll(compare(new Documents(version), now, source));
        }
        problems.addAll(broken(now));
        return problems;
    }

    private List<Problem> compare(Documents old, Documents now, Source source)
            throws ProblemException, IOException, InterruptedException {
        Source before = old.open(file).orElseThrow();
        require(before);
        if (Functions.areListed(source.root()) && Functions.areListed(before.root())) {
            return FunctionComparison.compare(Functions.of(before), Functions.of(source));
        }
        if (!Api.isOne(source.root()) || !Api.isOne(before.root())) {
            throw new ProblemException(
                    "check.failed",
                    file + " is of another kind in " + old.version() + " than in " + now.version() + ".",
                    "Give the new document a name of its own, and keep the old one until no client needs it.");
        }
        List<Problem> problems =
                new ArrayList<>(Api.compare(new Api(old, before.root()), new Api(now, source.root()), file));
        problems.addAll(broken(old));
        return problems;
    }

    /** What stands behind a reference that leads nowhere has not been compared. */
    private static List<Problem> broken(Documents documents) {
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, Node.Table> reference : documents.broken().entrySet()) {
            Node.Table table = reference.getValue();
            problems.add(Problem.error(
                    "check.failed",
                    "The reference \"" + shown(reference.getKey()) + "\" in " + documents.version()
                            + " leads nowhere, so what it stands for cannot be compared.",
                    "Mend it; references lead into the same file, or into another of the same commit.",
                    new Location(table.source().path(), table.line(), 0)));
            if (problems.size() == 20) {
                break;
            }
        }
        return problems;
    }

    private static void require(Source source) throws ProblemException {
        if (!Functions.areListed(source.root()) && !Api.isOne(source.root())) {
            throw new ProblemException(List.of(Problem.error(
                    "check.failed",
                    source.path()
                            + " is neither an OpenAPI document (with \"openapi\") nor a manifest of functions (with"
                            + " \"functions\").",
                    "Correct api.file in deploy.toml.",
                    new Location(source.path(), 0, 0))));
        }
    }

    private static String shown(String reference) {
        String line = reference.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
