package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Lists of names that a form shows on one line. */
public final class Names {
    private Names() {}

    /** {@return the names as one line} */
    public static String join(List<String> names) {
        return names == null ? "" : String.join(", ", names);
    }

    /** {@return the parts of a text between separators, each without surrounding blanks; no empty ones} */
    public static List<String> split(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toList());
    }

    /** {@return a form in which lines of names have become lists of them} */
    public static JSONObject listed(JSONObject form, String... fields) {
        JSONObject listed = JSONObject.fromObject(form);
        for (String field : fields) {
            if (listed.opt(field) instanceof String line) {
                JSONArray names = new JSONArray();
                names.addAll(split(Util.fixNull(line), "[,\\s]+"));
                listed.put(field, names);
            }
        }
        return listed;
    }
}
