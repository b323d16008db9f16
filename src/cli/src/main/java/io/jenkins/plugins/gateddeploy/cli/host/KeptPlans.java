package io.jenkins.plugins.gateddeploy.cli.host;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The plans that wait at gates of this home, so that people see on a gate's page what they decide on. No secret is in a
 * plan.
 *
 * @param folder below the home, which is readable by its user alone
 */
public record KeptPlans(Path folder) {
    private static final System.Logger LOGGER = System.getLogger(KeptPlans.class.getName());

    private static final String ENDING = ".plan.json";
    private static final String UNFINISHED = ".new";

    /** For as long a gate's page shows its plan after it has closed. */
    private static final Duration KEPT = Duration.ofDays(30);

    /**
     * Keeps the plan that waits at a gate. Whoever reads it meanwhile finds it whole or not at all.
     *
     * @param gate its id, a UUID
     * @throws ProblemException when it cannot be written
     */
    public void keep(String gate, Plan plan) throws ProblemException {
        try {
            Files.createDirectories(folder);
            Path whole = file(gate);
            Path unfinished = whole.resolveSibling(whole.getFileName() + UNFINISHED);
            Files.writeString(unfinished, CanonicalJson.write(plan));
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(
                    "home.unusable",
                    "The plan of gate " + gate + " cannot be written to " + folder + ": " + e + ".",
                    "Look at the folder's permissions and free space.");
        }
    }

    /**
     * Removes the plans of gates that closed more than 30 days ago, or that the history does not know any more, and what
     * somebody began to write who was killed. What cannot be removed stays for the next time.
     */
    public void sweep(Gates gates, Instant now) {
        Instant limit = now.minus(KEPT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                // A plan is written when its gate is opened, so that nobody asks for the gates of newer ones.
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit) && isOver(file, gates, limit)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(System.Logger.Level.WARNING, "Old plans of gates cannot be removed from " + folder, e);
        }
    }

    private static boolean isOver(Path file, Gates gates, Instant limit) {
        String name = file.getFileName().toString();
        if (name.endsWith(ENDING + UNFINISHED)) {
            return true;
        }
        return name.endsWith(ENDING)
                && gates.find(name.substring(0, name.length() - ENDING.length()))
                        .map(gate -> gate.closed().map(Gate.Closed::time).orElse(gate.deadline()))
                        .map(over -> over.isBefore(limit))
                        .orElse(true);
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
        return folder.resolve(gate + ENDING);
    }
}
