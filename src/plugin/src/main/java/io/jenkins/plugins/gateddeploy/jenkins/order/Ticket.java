package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How far an order has come that may have to wait for people and for its turn. Kept with the step; all that is here is
 * about which row of the history is ours.
 */
public final class Ticket implements Serializable {
    private static final long serialVersionUID = 1;

    /** An executor may have to be waited for between planning and deploying. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** Chosen before the gate is made, so that doing it again after a crash does not make a second one. */
    private final String gate = UUID.randomUUID().toString();

    /** Chosen before the lane is joined, for the same reason. Null in what an older version has saved. */
    private String place = UUID.randomUUID().toString();

    private String deployment = "";
    private String commit = "";
    private String passed = "";
    /** Null in one that was saved before there was such a thing. */
    private String passedOver;

    /** Null as long as nobody has asked for it. */
    private Stopover stopover;

    private boolean linedUp;
    /** What the build was warned of. Null in one that was saved before there was such a thing. */
    private CopyOnWriteArrayList<String> warnings = new CopyOnWriteArrayList<>();

    private transient HeldLane held;
    private transient boolean resumed;
    private transient boolean patient;
    private transient Plan planned;
    private transient long plannedAt;

    /** {@return the id that the gate has, or would have} */
    public String gate() {
        return gate;
    }

    /** {@return the id that the place in the lane has, or would have} */
    public String place() {
        if (place == null) {
            place = UUID.randomUUID().toString();
        }
        return place;
    }

    /** {@return whether this is the first time that the build is warned of something} Steps look again where they wait. */
    boolean isNews(String warning) {
        if (warnings == null) {
            warnings = new CopyOnWriteArrayList<>();
        }
        return warnings.addIfAbsent(warning);
    }

    /** {@return whether the order has had a place in its lane} */
    public boolean isLinedUp() {
        return linedUp;
    }

    void linedUp() {
        linedUp = true;
    }

    void steppedOut() {
        linedUp = false;
        place = UUID.randomUUID().toString();
    }

    /** Says which lane the surrounding block holds; null for none. */
    public void within(HeldLane lane) {
        held = lane;
    }

    /** {@return the id of the entry under which to go in a lane; empty for none} */
    String above(Lane lane) {
        return held == null ? "" : held.above(lane);
    }

    /** {@return the id of the deployment that waits; empty when none does} */
    public String deployment() {
        return deployment;
    }

    /** {@return the commit that people were asked about; empty when they were asked about none} */
    String commit() {
        return commit;
    }

    /** {@return how far the order has come in an environment that it goes through first} */
    public Stopover stopover() {
        if (stopover == null) {
            stopover = new Stopover();
        }
        return stopover;
    }

    /** {@return the id of the approved gate; empty when there is none} */
    public String passed() {
        return passed;
    }

    /** Says that nothing is deployed, and why: it started by itself and is not meant to be. */
    void passOver(String why) {
        passedOver = why;
    }

    /** {@return why nothing is deployed; empty when something is} */
    String passedOver() {
        return passedOver == null ? "" : passedOver;
    }

    /** Says that the order was begun before Jenkins was restarted. */
    public void resume() {
        resumed = true;
    }

    /** Says that whoever carries the order out can wait for its environment to open. */
    public void mayWait() {
        patient = true;
    }

    boolean isPatient() {
        return patient;
    }

    boolean isResumed() {
        return resumed;
    }

    /** {@return the request for the deployment that waited, through its gate} */
    Deployer.Request bind(Deployer.Request request) {
        Deployer.Request bound = request.with(request.mandate().through(passed).continuing(deployment));
        boolean fresh = planned != null && System.nanoTime() - plannedAt < STALE.toNanos();
        return fresh ? bound.with(bound.checking().after(planned)) : bound;
    }

    /** Says what was found a moment ago, so that it need not be looked for again. */
    void planned(Plan plan) {
        planned = plan;
        plannedAt = System.nanoTime();
    }

    void waitsAs(String announced, String version) {
        deployment = announced;
        commit = version;
    }

    /** The gate is open. */
    public void pass(String approved) {
        passed = approved;
    }
}
