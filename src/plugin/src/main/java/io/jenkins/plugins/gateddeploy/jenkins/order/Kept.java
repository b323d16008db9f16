package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.host.OwnerOnly;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is kept beside the history: with each deployment its deploy.toml, by which people go back to it when its build
 * and workspace are gone, and its plan; with each build the plan it made last for an environment. No secret is in either.
 */
public final class Kept {
    private Kept() {}

    /** Keeps what a deployment is made by, beside its log. */
    static void keep(DeploymentRecord record, Configurations.Source file) throws IOException {
        OwnerOnly.write(beside(record, ".deploy.toml"), file.text());
    }

    /** Keeps what a deployment carries out, beside its log. */
    static void keep(DeploymentRecord record, Plan plan) throws IOException {
        OwnerOnly.write(beside(record, ".plan.json"), CanonicalJson.write(plan));
    }

    /** Keeps the plan that a build has made, in place of an earlier one for the same environment. */
    static void keep(Run<?, ?> build, Plan plan) throws IOException {
        OwnerOnly.write(ofBuild(build, plan.environment()), CanonicalJson.write(plan));
    }

    /** {@return the plan that a build has made last for an environment} */
    static Optional<Plan> plan(Run<?, ?> build, String environment) throws IOException {
        return read(ofBuild(build, environment)).map(json -> CanonicalJson.read(json, Plan.class));
    }

    /** {@return the plans that a build has made, the last one for each environment, by environment} */
    public static List<Plan> plans(Run<?, ?> build) throws IOException {
        Path folder = build.getRootDir().toPath().resolve("gated-deploy");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Plan> plans = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "plan-*.json")) {
            for (Path file : files) {
                read(file).map(json -> CanonicalJson.read(json, Plan.class)).ifPresent(plans::add);
            }
        }
        plans.sort(Comparator.comparing(Plan::environment));
        return plans;
    }

    /** {@return what a deployment carries or carried out, where that is known} */
    public static Optional<Plan> plan(DeploymentRecord record) throws IOException {
        return read(beside(record, ".plan.json")).map(json -> CanonicalJson.read(json, Plan.class));
    }

    /**
     * {@return the configuration that a deployment was made with; empty when it was not kept}
     *
     * @throws ProblemException when this version cannot read it any more
     */
    public static Optional<Configuration> configuration(DeploymentRecord record) throws ProblemException, IOException {
        Optional<Configurations.Source> file = file(record);
        return file.isEmpty() ? Optional.empty() : Optional.of(file.get().configuration(record.environment()));
    }

    /** {@return deploy.toml of a deployment; empty when it was not kept} */
    static Optional<Configurations.Source> file(DeploymentRecord record) throws IOException {
        return read(beside(record, ".deploy.toml"))
                .map(text -> new Configurations.Source("deploy.toml of deployment #" + record.number(), text));
    }

    private static Path beside(DeploymentRecord record, String ending) {
        return record.log().resolveSibling(record.id() + ending);
    }

    private static Path ofBuild(Run<?, ?> build, String environment) {
        return build.getRootDir()
                .toPath()
                .resolve("gated-deploy")
                .resolve("plan-" + Util.rawEncode(environment) + ".json");
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
