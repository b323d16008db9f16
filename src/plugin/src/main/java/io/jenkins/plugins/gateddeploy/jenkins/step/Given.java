package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.Util;
import java.util.ArrayList;
import java.util.List;

/**
 * What was given for a parameter, as steps keep it. Null stands for nothing given: forms, scripts and jobs that were
 * saved before the parameter existed leave it out.
 */
final class Given {
    /** Where deploy.toml is when nobody says where. */
    static final String CONFIG = "deploy.toml";

    private Given() {}

    /** {@return the text without surrounding blanks; may be empty} */
    static String text(String given) {
        return Util.fixNull(given).strip();
    }

    /** {@return the text without surrounding blanks; the other one when it is empty} */
    static String text(String given, String otherwise) {
        String text = text(given);
        return text.isEmpty() ? otherwise : text;
    }

    /** {@return the names, in a list of its own} */
    static ArrayList<String> names(List<String> given) {
        return given == null ? new ArrayList<>() : new ArrayList<>(given);
    }
}
