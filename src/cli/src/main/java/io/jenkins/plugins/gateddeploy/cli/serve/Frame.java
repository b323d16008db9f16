package io.jenkins.plugins.gateddeploy.cli.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The HTML around a page. The page itself is made by the front end.
 *
 * @param crumb for changes
 */
record Frame(String crumb) {

    /** {@return the first page: all applications by their environments} */
    String overview() {
        return page("Overview", mount("overview", Map.of()));
    }

    /** {@return the page of one gate} */
    String gate(String id) {
        return page("Approval", mount("gate", Map.of("data-gate", id)));
    }

    /** {@return the page of all deployments} */
    String deployments() {
        return page("Deployments", mount("deployments", Map.of()));
    }

    /** {@return the page of one deployment} */
    String deployment(String id) {
        return page("Deployment", mount("deployment", Map.of("data-deployment", id)));
    }

    private Map<String, String> mount(String name, Map<String, String> more) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", "gated-deploy");
        attributes.put("data-page", name);
        attributes.put("data-api", "/api/");
        attributes.put("data-deployment-href", "/deployments/{id}");
        attributes.put("data-deployments-href", "/deployments");
        attributes.put("data-gate-href", "/gates/{id}");
        attributes.put("data-overview-href", "/");
        attributes.put("data-crumb-field", Door.CRUMB_HEADER);
        attributes.put("data-crumb", crumb);
        attributes.putAll(more);
        return attributes;
    }

    private static String page(String title, Map<String, String> mount) {
        StringBuilder attributes = new StringBuilder();
        mount.forEach((name, value) -> attributes
                .append(' ')
                .append(name)
                .append("=\"")
                .append(escape(value))
                .append('"'));
        return document(title, """
                <header class="gd-frame-header"><a href="/">Gated Deploy</a>
                <nav aria-label="Pages"><a href="/">Overview</a> <a href="/deployments">Deployments</a></nav></header>
                <main class="gd-frame-main">
                <div%s></div>
                <noscript><p>These pages need JavaScript.</p></noscript>
                </main>
                <script type="module" src="/assets/main.js"></script>""".formatted(attributes));
    }

    /**
     * {@return a page that leads on to the first one} A redirection would not do: a browser that followed the link from
     * somewhere else would not send the new cookie along with it.
     */
    static String welcome() {
        return document(
                "Welcome",
                "<meta http-equiv=\"refresh\" content=\"0;url=/\">\n<p><a href=\"/\">Go on to the overview</a></p>");
    }

    /** {@return a page that says why there is none} */
    static String sorry(String text) {
        return document(
                "Gated Deploy",
                "<header class=\"gd-frame-header\">Gated Deploy</header>\n<main class=\"gd-frame-main\"><h1>No entry</h1>\n<p>"
                        + escape(text) + "</p></main>");
    }

    private static String document(String title, String body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s – Gated Deploy</title>
                <link rel="icon" href="/assets/icon.svg">
                <link rel="stylesheet" href="/assets/gated-deploy.css">
                </head>
                <body class="gd-frame">
                %s
                </body>
                </html>
                """.formatted(escape(title), body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return "frame";
    }
}
