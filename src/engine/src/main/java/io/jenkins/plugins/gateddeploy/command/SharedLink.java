package io.jenkins.plugins.gateddeploy.command;

/**
 * A link from a release into {@code shared/}.
 *
 * @param path in the release and below {@code shared/}; relative, normal
 * @param directory whether it is a directory
 */
public record SharedLink(String path, boolean directory) {

    /** {@return what the link points at: relative, so that the whole application can be moved} */
    String target() {
        return "../".repeat(path.split("/").length + 1) + "shared/" + path;
    }
}
