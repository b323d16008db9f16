package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Util;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The servers of the environments that a job has deployed to, and what people may do about them from here. */
public final class TargetsPage implements ModelObject {
    private final Item item;

    /** @param item whose page it is; that it may be read has been checked */
    TargetsPage(Item item) {
        this.item = item;
    }

    /** {@return whose page it is} */
    public Item getItem() {
        return item;
    }

    @Override
    public String getDisplayName() {
        return Messages.TargetsPage_displayName();
    }

    /** {@return the environments that the job has deployed to and that the reader may see} */
    public List<Spot> getSpots() {
        Viewing viewing = new Viewing(item);
        return Places.of(JenkinsHost.get().history(), item.getFullName()).stream()
                .filter(place -> viewing.may(Act.VIEW, place.app(), place.environment()))
                .sorted(Comparator.comparing(Place::app).thenComparing(Place::environment))
                .flatMap(place ->
                        new ItemConsole(item.getFullName()).last(place).flatMap(last -> Spot.of(place, last)).stream())
                .toList();
    }

    /** Looks at the servers of an environment, and says how to mend what stands in the way of a deployment. */
    @RequirePOST
    public HttpResponse doExamine(@QueryParameter String app, @QueryParameter String environment)
            throws InterruptedException {
        Spot spot = spot(app, environment);
        spot.getJob().checkPermission(Examination.PERMISSION);
        try {
            return HttpResponses.forwardToView(Examination.of(item, spot), "index");
        } catch (ProblemException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** Gives back a lock that a deployment which died has left on the servers, and settles what that was doing. */
    @RequirePOST
    public HttpResponse doRelease(
            @QueryParameter String app, @QueryParameter String environment, @QueryParameter boolean force)
            throws InterruptedException {
        Spot spot = spot(app, environment);
        spot.getJob().checkPermission(LockRelease.PERMISSION);
        try {
            return HttpResponses.forwardToView(
                    LockRelease.begin(item, spot, Jenkins.getAuthentication2(), force), "index");
        } catch (ProblemException e) {
            throw new Failure(e.getMessage());
        }
    }

    private Spot spot(String app, String environment) {
        Place place = new Place(Util.fixNull(app), Util.fixNull(environment));
        return getSpots().stream()
                .filter(spot -> spot.getPlace().equals(place))
                .findFirst()
                .orElseThrow(HttpResponses::notFound);
    }

    /** An environment that the job has deployed to. */
    public static final class Spot {
        private final Place place;
        private final DeploymentRecord last;
        private final Item job;

        private Spot(Place place, DeploymentRecord last, Item job) {
            this.place = place;
            this.last = last;
            this.job = job;
        }

        private static Optional<Spot> of(Place place, DeploymentRecord last) {
            return Jobs.find(last.origin().job())
                    .filter(job -> job.hasPermission(Item.READ))
                    .map(job -> new Spot(place, last, job));
        }

        /** {@return application and environment} */
        public Place getPlace() {
            return place;
        }

        /** {@return the application} */
        public String getApp() {
            return place.app();
        }

        /** {@return the environment} */
        public String getEnvironment() {
            return place.environment();
        }

        /** {@return the deployment whose configuration says how the servers are reached} */
        DeploymentRecord last() {
            return last;
        }

        /** {@return the job that asked for it, whose permissions count} */
        public Item getJob() {
            return job;
        }

        /** {@return whether the reader may look at the servers} */
        public boolean isExaminable() {
            return job.hasPermission(Examination.PERMISSION);
        }

        /** {@return whether the reader may release their lock} */
        public boolean isReleasable() {
            return job.hasPermission(LockRelease.PERMISSION);
        }
    }
}
