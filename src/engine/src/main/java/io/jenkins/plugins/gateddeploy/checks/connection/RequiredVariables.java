package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.command.VariableQueries;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.ReleaseSettings;
import io.jenkins.plugins.gateddeploy.config.Requirements;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code variable.missing}, {@code variable.empty}: whether each target sets the variables that the application needs.
 * No value leaves a target.
 */
final class RequiredVariables implements Check {
    private final Configuration configuration;
    private final Remote remote;

    RequiredVariables(Configuration configuration, Remote remote) {
        this.configuration = configuration;
        this.remote = remote;
    }

    @Override
    public String about() {
        return "variables";
    }

    @Override
    public Map<Target, Command> questions() {
        try {
            return questions(place());
        } catch (ProblemException e) {
            // Looking says so.
            return Map.of();
        }
    }

    private Map<Target, Command> questions(Requirements.Place place) {
        Command question = question(place);
        Map<Target, Command> questions = new LinkedHashMap<>();
        remote.targets().forEach(target -> questions.put(target, question));
        return questions;
    }

    @Override
    public List<Problem> find() throws ProblemException, InterruptedException {
        Requirements.Place place = place();
        Map<Target, Outcome> outcomes = remote.run(questions(place));
        VariableAnswers answers = new VariableAnswers(words(place), names());
        for (Target target : remote.targets()) {
            answers.add(target, outcomes.get(target));
        }
        return answers.problems();
    }

    private List<String> names() {
        return configuration.checks().requires().variables();
    }

    private Requirements.Place place() throws ProblemException {
        Optional<Requirements.Place> written = configuration.checks().requires().place();
        if (written.isPresent()) {
            return written.get();
        }
        List<String> shared = new ArrayList<>();
        for (ReleaseSettings.Shared entry : configuration.release().shared()) {
            boolean dotenv = entry.path().equals(".env") || entry.path().endsWith("/.env");
            if (dotenv && !entry.directory()) {
                shared.add(entry.path());
            }
        }
        if (shared.size() == 1) {
            return new Requirements.InFile(shared.get(0));
        }
        throw new ProblemException(
                "check.failed",
                "Nobody said where targets set variables, and releases share "
                        + (shared.isEmpty() ? "no .env" : "more than one .env") + ", so "
                        + String.join(", ", names()) + " cannot be looked for.",
                "Write requires.variables_from in deploy.toml: { file = \"…\" }, { service = \"…\" } or { command = \"…\" }.");
    }

    private Command question(Requirements.Place place) {
        VariableQueries queries = new VariableQueries(layout(), names());
        if (place instanceof Requirements.InFile file) {
            return queries.file(absolute(file));
        }
        return place instanceof Requirements.OfService service
                ? queries.service(service.unit())
                : queries.command(((Requirements.FromCommand) place).line());
    }

    private String words(Requirements.Place place) {
        if (place instanceof Requirements.InFile file) {
            return absolute(file);
        }
        return place instanceof Requirements.OfService service
                ? "the service " + service.unit()
                : "what requires.variables_from.command prints";
    }

    private String absolute(Requirements.InFile file) {
        return file.path().startsWith("/") ? file.path() : layout().base() + "/shared/" + file.path();
    }

    private Layout layout() {
        return new Layout(configuration.release().path());
    }
}
