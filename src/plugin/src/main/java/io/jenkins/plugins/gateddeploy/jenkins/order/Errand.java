package io.jenkins.plugins.gateddeploy.jenkins.order;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Properties;

/**
 * A deployment that a person has asked for on a page and that has not begun: what is needed to go on with it. Holds no
 * secret.
 *
 * @param deployment its id in the history
 * @param last id of the deployment that says where the repository is
 * @param person user id of who asked for it
 * @param wish what was asked for
 */
record Errand(String deployment, String last, String person, Wish wish) {

    /** {@return as text for a file} */
    String written() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("deployment", deployment);
        properties.setProperty("last", last);
        properties.setProperty("person", person);
        properties.setProperty("wish", wish.written());
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    /** {@return what {@link #written} wrote} */
    static Errand read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return new Errand(
                properties.getProperty("deployment", ""),
                properties.getProperty("last", ""),
                properties.getProperty("person", ""),
                Wish.read(properties.getProperty("wish", "")));
    }
}
