package io.jenkins.plugins.gateddeploy.cli.host;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The plans that wait at gates of this home, so that people see on a gate's page what they decide on. No secret is in a
 * plan.
 *
 * @param folder below the home, which is readable by its user alone
 */
public record KeptPlans(Path folder) {
    private static final System.Logger LOGGER = System.getLogger(KeptPlans.class.getName());

    /**
     * Keeps the plan that waits at a gate.
     *
     * @param gate its id, a UUID
     * @throws ProblemException when it cannot be written
     */
    public void keep(String gate, Plan plan) throws ProblemException {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(gate), CanonicalJson.write(plan));
        } catch (IOException e) {
            throw new ProblemException(
                    "home.unusable",
                    "The plan of gate " + gate + " cannot be written to " + folder + ": " + e + ".",
                    "Look at the folder's permissions and free space.");
        }
    }

    /** {@return the plan that waits at a gate; empty when none is kept, or this version cannot read it} */
    public Optional<Plan> find(String gate) {
        try {
            return Optional.of(CanonicalJson.read(Files.readString(file(gate)), Plan.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(System.Logger.Level.WARNING, "The plan of gate " + gate + " cannot be read", e);
            return Optional.empty();
        }
    }

    private Path file(String gate) {
        return folder.resolve(gate + ".plan.json");
    }
}
