package io.jenkins.plugins.gateddeploy.source;

import java.util.List;

/**
 * What people may choose from to be deployed.
 *
 * @param branches by name
 * @param tags the last by name first, which is the newest where they are numbered
 * @param commits of all branches, the newest first
 * @param complete whether there are no other branches and tags
 */
public record Choices(List<String> branches, List<String> tags, List<Revision> commits, boolean complete) {
    public Choices {
        branches = List.copyOf(branches);
        tags = List.copyOf(tags);
        commits = List.copyOf(commits);
    }
}
