package io.jenkins.plugins.gateddeploy.command;

import java.util.List;
import java.util.Objects;

/**
 * What is looked for on a target when it is examined.
 *
 * @param programs that deployments call, by name
 * @param asked programs that the environment's tasks call: names of letters, digits and {@code . _ + - @ /}
 * @param path where tasks look for programs; empty for where the login looks
 * @param extensions whether PHP is to list its extensions
 * @param url a git repository that the target must be able to read; empty for none
 */
public record Wanted(List<String> programs, List<String> asked, String path, boolean extensions, String url) {
    public Wanted {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(url, "url");
        programs = List.copyOf(programs);
        asked = List.copyOf(asked);
    }
}
