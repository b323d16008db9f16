package io.jenkins.plugins.gateddeploy.registration;

import java.util.List;
import java.util.Objects;

/**
 * Where a registration was made and which jobs it lets in.
 *
 * @param from for people, where it was made: {@code the folder shop}
 * @param below full name of the folder that it was made on, which alone it concerns; empty for all of the host
 * @param jobs full names of the jobs, and of the folders whose jobs, may use the environment; empty for all that it
 *     concerns
 */
public record Scope(String from, String below, List<String> jobs) {
    public Scope {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(below, "below");
        jobs = List.copyOf(jobs);
    }

    /** {@return whether the registration has anything to say about a job} */
    boolean concerns(String job) {
        return below.isEmpty() || isOrIsBelow(job, below);
    }

    /** {@return whether a job may use the environment} */
    public boolean lets(String job) {
        return concerns(job) && (jobs.isEmpty() || jobs.stream().anyMatch(j -> isOrIsBelow(job, j)));
    }

    private static boolean isOrIsBelow(String job, String item) {
        return job.equals(item) || job.startsWith(item + "/");
    }
}
