package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.plugins.gateddeploy.trigger.Delivery;
import io.jenkins.plugins.gateddeploy.trigger.Rejected;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * {@code gated-deploy-webhook/}: where forges report pushes. They have no login here; what they send proves that it comes
 * from one who knows a secret.
 */
@Extension
public final class WebhookEndpoint implements UnprotectedRootAction {
    private static final String NAME = "gated-deploy-webhook";
    private static final int LARGEST_BYTES = 5 * 1024 * 1024;
    private static final Logger LOGGER = Logger.getLogger(WebhookEndpoint.class.getName());

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return NAME;
    }

    /** Takes a delivery: 202 when it has started something, 204 when there was nothing to start. */
    @RequirePOST
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            int started = take(request);
            if (started == 0) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                answer(response, HttpServletResponse.SC_ACCEPTED, "Started: " + started);
            }
        } catch (Rejected e) {
            LOGGER.log(
                    Level.INFO,
                    () -> "A delivery from " + request.getRemoteAddr() + " was not taken: " + e.status() + " "
                            + e.getMessage());
            answer(response, e.status(), e.getMessage());
        }
    }

    private static int take(StaplerRequest2 request) throws IOException, Rejected {
        Reception reception = Reception.get();
        reception.enter(request.getRemoteAddr());
        try {
            return reception.take(Delivery.of(request::getHeader, body(request)));
        } finally {
            reception.leave();
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException, Rejected {
        if (request.getContentLengthLong() > LARGEST_BYTES) {
            throw tooLarge();
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(LARGEST_BYTES + 1);
            if (body.length > LARGEST_BYTES) {
                throw tooLarge();
            }
            return body;
        }
    }

    private static Rejected tooLarge() {
        return new Rejected(413, "The body has more than " + LARGEST_BYTES + " bytes.");
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A forge has no crumb; nobody's browser can be made to send what proves a delivery. */
    @Extension
    public static final class WithoutCrumb extends CrumbExclusion {
        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            if (!("/" + NAME).equals(path) && !("/" + NAME + "/").equals(path)) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}
