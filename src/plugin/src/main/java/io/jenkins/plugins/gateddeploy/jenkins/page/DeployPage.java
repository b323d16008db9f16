package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Util;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.jenkins.hand.Errands;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Wish;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Deploying by hand from the page of a job: the environments to choose from, then a form, then its plan. */
public final class DeployPage implements ModelObject {
    static final String URL = "deploy";

    static final String CONFIG = "deploy.toml";

    private final Item item;

    /** @param item whose page it is; that it may be read has been checked */
    DeployPage(Item item) {
        this.item = item;
    }

    /** {@return the address of the form of one environment, relative to that of the job} */
    static String address(String app, String environment) {
        return JobPage.URL + "/" + URL + "/form/?app=" + Util.rawEncode(app) + "&environment="
                + Util.rawEncode(environment);
    }

    /** {@return whose page it is} */
    public Item getItem() {
        return item;
    }

    @Override
    public String getDisplayName() {
        return Messages.DeployPage_displayName();
    }

    /** {@return the environments to which the reader may deploy} */
    public List<TargetsPage.Spot> getSpots() {
        return new TargetsPage(item)
                .getSpots().stream()
                        .filter(spot -> spot.getJob().hasPermission(Permissions.DEPLOY))
                        .toList();
    }

    /** {@return the address of the form for an environment, relative to this page} */
    public String address(TargetsPage.Spot spot) {
        return "form/?app=" + Util.rawEncode(spot.getApp()) + "&environment=" + Util.rawEncode(spot.getEnvironment());
    }

    /** {@return the form for the environment that the address names} */
    public DeployForm getForm() throws InterruptedException {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        TargetsPage.Spot spot = spot(request);
        ByHand hand = byHand(spot);
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            return DeployForm.of(item, spot, wish(request), hand);
        }
    }

    /** Shows what would happen, and changes nothing. */
    @RequirePOST
    public HttpResponse doPlan(StaplerRequest2 request) throws InterruptedException {
        TargetsPage.Spot spot = spot(request);
        ByHand hand = byHand(spot);
        Wish wish = wish(request);
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            Plan plan = hand.plan(wish);
            return HttpResponses.forwardToView(new DeployPlan(item, spot, wish, plan), "index");
        } catch (ProblemException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** Begins, and shows the deployment's own page. */
    @RequirePOST
    public HttpResponse doBegin(StaplerRequest2 request) throws InterruptedException {
        TargetsPage.Spot spot = spot(request);
        ByHand hand = byHand(spot);
        Wish wish = wish(request);
        String id;
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            Errand errand = hand.announce(wish);
            Errands.get().begin(errand);
            id = errand.deployment();
        } catch (ProblemException e) {
            throw new Failure(e.getMessage());
        }
        return HttpResponses.redirectViaContextPath(item.getUrl() + JobPage.URL + "/" + id);
    }

    /** In the name of whoever asks, before Jenkins itself looks. */
    private static ByHand byHand(TargetsPage.Spot spot) {
        spot.getJob().checkPermission(Permissions.DEPLOY);
        return new ByHand(spot.getJob(), Jenkins.getAuthentication2(), spot.last());
    }

    private TargetsPage.Spot spot(StaplerRequest2 request) {
        Place place =
                new Place(Util.fixNull(request.getParameter("app")), Util.fixNull(request.getParameter("environment")));
        TargetsPage.Spot found = new TargetsPage(item)
                .getSpots().stream()
                        .filter(spot -> spot.getPlace().equals(place))
                        .findFirst()
                        .orElseThrow(HttpResponses::notFound);
        found.getJob().checkPermission(Permissions.DEPLOY);
        return found;
    }

    private static Wish wish(StaplerRequest2 request) {
        String config = text(request, "config");
        return new Wish(
                text(request, "ref"),
                config.isEmpty() ? CONFIG : config,
                texts(request, "target"),
                texts(request, "skip"),
                request.getParameter("force") != null,
                text(request, "reason"),
                text(request, "emergency"),
                text(request, "branch"));
    }

    private static String text(StaplerRequest2 request, String name) {
        return Util.fixNull(request.getParameter(name)).strip();
    }

    private static List<String> texts(StaplerRequest2 request, String name) {
        String[] values = request.getParameterValues(name);
        return (values == null ? Stream.<String>empty() : Arrays.stream(values))
                .filter(value -> !value.isBlank())
                .toList();
    }
}
