package io.jenkins.plugins.gateddeploy.registration;

import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;

/**
 * At which times an attempt may go on.
 *
 * @param openings what the registrations say about it
 * @param againstEmergency why whoever it is may not go past them, deploy.toml's included; empty when they may
 */
public record Doors(List<Opening> openings, List<Problem> againstEmergency) {
    public Doors {
        openings = List.copyOf(openings);
        againstEmergency = List.copyOf(againstEmergency);
    }
}
