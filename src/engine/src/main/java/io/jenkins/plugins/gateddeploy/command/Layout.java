package io.jenkins.plugins.gateddeploy.command;

/**
 * Where things are on a target.
 *
 * @param base the application's directory: absolute, normal, never {@code /}
 */
public record Layout(String base) {

    /** {@return the directory of a release} */
    public String release(String id) {
        return base + "/releases/" + id;
    }

    /** {@return what {@code current} points at when that release is current} */
    public static String link(String release) {
        return "releases/" + release;
    }

    /** {@return the release that a {@code current} link names: the last part of its path} */
    public static String releaseOf(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** {@return where a stream of files for a release brings its lists, relative to the base} */
    static String incoming(String release) {
        return ".gated-deploy/incoming/" + release;
    }
}
