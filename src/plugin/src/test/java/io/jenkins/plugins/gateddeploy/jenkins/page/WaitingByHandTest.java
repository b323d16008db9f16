package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.hand.Errands;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.release.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** What people have begun on a page waits: for its environment to open, for its turn, for people. */
class WaitingByHandTest extends DeployingByHand {
    private static final Lane LANE = new Lane("shop", "production");

    @Test
    void waitsUntilTheEnvironmentOpens() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                freeze(true);
                assertThat(text(send("dora", HttpMethod.POST, "plan", "&ref=v2")))
                        .contains("waits until 3000-01-01 00:00 (UTC)");
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> held() == 1);
                // One that cannot be read keeps no other from going on.
                Path errands = JenkinsHost.get().dockets().resolveSibling("errands");
                Files.writeString(errands.resolve("0.errand"), "wish=\\u12\n");
            });
            sessions.then(r -> {
                jenkins = r;
                assertThat(held()).as(said()).isEqualTo(1);
                assertThat(shop.page(0)).isEqualTo("v1");

                GatedDeployConfiguration.get().setEnvironments(List.of());

                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).isEqualTo("v2");
                freeze(false);
                WebResponse plan = send("dora", HttpMethod.POST, "plan", "&ref=v1");
                assertThat(text(plan)).contains("window.closed").doesNotContain("name=\"begin\"");
                WebResponse refused = send("dora", HttpMethod.POST, "begin", "&ref=v1&emergency=Down");
                assertThat(refused.getStatusCode()).isEqualTo(400);
                assertThat(text(refused)).contains("registration.emergency");
                assertThat(shop.page(0)).isEqualTo("v2");
            });
        }
    }

    @Test
    void isTakenBackWhileItWaitsByWhoAskedOrManagesTheLane() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                freeze(true);
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> held() == 1);
                DeploymentRecord frozen = history().unfinished().get(0);
                String page = "job/storefront/deployments/" + frozen.id() + "/";
                assertThat(text(get("dora", page))).contains("Take it back");
                assertThat(text(get("alice", page))).doesNotContain("Take it back");
                for (String other : List.of("rita", "alice")) {
                    assertThat(answer(other, HttpMethod.POST, page + "takeBack", true)
                                    .getStatusCode())
                            .as(other)
                            .isEqualTo(403);
                }
                assertThat(held()).isEqualTo(1);

                WebResponse done = answer("dora", HttpMethod.POST, page + "takeBack", true);

                assertThat(done.getStatusCode()).isEqualTo(200);
                assertThat(text(done)).doesNotContain("Take it back");
                assertThat(history().find(frozen.id()).orElseThrow())
                        .satisfies(record -> assertThat(record.state()).isEqualTo(State.CANCELLED))
                        .satisfies(record -> assertThat(record.message()).isEqualTo("Taken back by dora (dora)."));
                assertThat(history().audit().entries()).last().satisfies(entry -> {
                    assertThat(entry.what()).isEqualTo("TAKEN_BACK");
                    assertThat(entry.who()).isEqualTo("dora");
                    assertThat(entry.deployment()).isEqualTo(frozen.id());
                });
                GatedDeployConfiguration.get().setEnvironments(List.of());
                WebResponse ended = answer("dora", HttpMethod.POST, page + "takeBack", true);
                assertThat(ended.getStatusCode()).isEqualTo(409);
                assertThat(text(ended))
                        .contains("has ended (Cancelled), so there is nothing to take back")
                        .contains("data-deployment=\"" + frozen.id() + "\"");
                DeploymentRecord built = history().find("shop", "production", 1).orElseThrow();
                assertThat(text(answer(
                                "dora",
                                HttpMethod.POST,
                                "job/storefront/deployments/" + built.id() + "/takeBack",
                                true)))
                        .contains("Deployment #1 has ended (Succeeded)");

                RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
                registered.setApprovers(List.of("@qa"));
                GatedDeployConfiguration.get().setEnvironments(List.of(registered));
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> gates().size() == 1);
                DeploymentRecord asked = history().unfinished().get(0);
                answer("admin", HttpMethod.POST, "gated-deploy/deployments/" + asked.id() + "/takeBack", true);
                assertThat(history().find(asked.id()).orElseThrow().message())
                        .isEqualTo("Taken back by admin (admin).");
                assertThat(gates()).isEmpty();
                assertThat(shop.page(0)).isEqualTo("v1");
                saysOnItsPageThatItHasBegunSoThatItIsTooLate();
            });
        }
    }

    @Test
    void givesItsTurnBackWhenPeopleHaveToBeAskedMeanwhile() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                occupy("other");
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> waiting().size() == 1);
                RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
                registered.setApprovers(List.of("@qa"));
                GatedDeployConfiguration.get().setEnvironments(List.of(registered));

                history().lanes().leave("other");
                await().atMost(LONG).until(() -> gates().size() == 1);

                assertThat(history().lanes().queue(LANE).entries()).isEmpty();
                Decisions.decide(People.login("alice"), gates().get(0).id(), Verdict.APPROVE, "");
                Decisions.decide(People.login("bob"), gates().get(0).id(), Verdict.APPROVE, "");
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).as(said()).isEqualTo("v2");
            });
        }
    }

    @Test
    void goesOnWhenTheHistoryCouldNotBeWrittenForAWhile() throws Throwable {
        LogRecorder log = new LogRecorder().record(Errands.class, Level.WARNING).capture(100);
        try (Shop open = Shop.open(directory, 1);
                log) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                freeze(true);
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> held() == 1);
                String id = history().unfinished().get(0).id();
                CountDownLatch well = new CountDownLatch(1);
                Thread holder = new Thread(() -> history().update(id, record -> {
                    try {
                        well.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return record;
                }));
                holder.start();
                GatedDeployConfiguration.get().setEnvironments(List.of());
                await().atMost(LONG)
                        .until(() -> log.getMessages().stream().anyMatch(said -> said.contains("it is tried again")));
                well.countDown();
                holder.join();

                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).as(said()).isEqualTo("v2");
            });
        }
    }

    @Test
    void waitsInItsLaneByTheRulesOfTheEnvironmentAndOverARestart() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                rules = "queue = \"latest-only\"\nqueue_timeout = \"5h\"\n";
                begin(r);
                String first =
                        history().successes("shop", "production", 1).get(0).release();
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).as(said()).isEqualTo("v2");
                occupy("other");

                send("dora", HttpMethod.POST, "begin", "&ref=v1&branch=main");
                await().atMost(LONG).until(() -> waiting().size() == 1);
                String older = waiting().get(0).id();
                rollBack(first);
                await().atMost(LONG).until(() -> waiting().size() == 2);
                send("dora", HttpMethod.POST, "begin", "&ref=" + encoded(HOSTILE) + "&branch=main");
                await().atMost(LONG)
                        .until(() -> history().find(older).orElseThrow().state() == State.CANCELLED);

                assertThat(history().find(older).orElseThrow().message())
                        .startsWith("Replaced by a newer one of main: deployment #5");
                assertThat(waiting())
                        .extracting(entry -> entry.claim().title())
                        .containsExactly("rollback #4 to " + first, "deployment #5 of " + HOSTILE);
                assertThat(waiting())
                        .allSatisfy(entry -> assertThat(entry.bounds().until().orElseThrow())
                                .isEqualTo(entry.claim().since().plus(Duration.ofHours(5))));
            });
            // Who is before them does not come back, so that they have their turns.
            sessions.then(r -> {
                jenkins = r;
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());

                DeploymentRecord back = history().find("shop", "production", 4).orElseThrow();
                DeploymentRecord deployed =
                        history().find("shop", "production", 5).orElseThrow();
                assertThat(back.state()).as(said()).isEqualTo(State.SUCCEEDED);
                assertThat(back.actor()).isEqualTo("alice");
                assertThat(back.reason()).isEqualTo("Sorting is broken");
                assertThat(deployed.state()).as(said()).isEqualTo(State.SUCCEEDED);
                assertThat(back.ended().orElseThrow()).isBefore(deployed.ended().orElseThrow());
                assertThat(shop.page(0)).isEqualTo("hostile");
                assertThat(history().lanes().queue(LANE).entries()).isEmpty();
            });
        }
    }

    private void saysOnItsPageThatItHasBegunSoThatItIsTooLate() throws Exception {
        Asked asked =
                new Asked("shop", "production", Kind.DEPLOY, "v2", "dora", new Origin("storefront", 0, "storefront"));
        DeploymentRecord begun = history().begin(asked, Processes.self(), Instant.now());
        history().event(new Event(begun.id(), Instant.now(), State.DEPLOYING, ""));

        WebResponse late =
                answer("dora", HttpMethod.POST, "job/storefront/deployments/" + begun.id() + "/takeBack", true);

        assertThat(late.getStatusCode()).isEqualTo(409);
        assertThat(text(late))
                .contains("Deployment #" + begun.number() + " has begun, so it cannot be taken back any more")
                .contains("go back to an earlier release", "data-deployment=\"" + begun.id() + "\"");
        assertThat(history().find(begun.id()).orElseThrow().state()).isEqualTo(State.DEPLOYING);
    }

    /** Somebody else has the turn. */
    private static void occupy(String id) {
        Claim claim =
                new Claim("", "", "a piece of a script", "", new Claim.Asker("dora", "storefront", 1), Instant.now());
        history().lanes().join(Entry.waiting(id, LANE, claim, Bounds.none()), false);
        assertThat(history().lanes().take(id, Instant.now())).isTrue();
    }

    private static List<Entry> waiting() {
        return history().lanes().queue(LANE).waiting();
    }

    private static void freeze(boolean wait) {
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setFreezes(List.of("2020-01-01 until 2999-12-31 UTC: Ice age"));
        registered.setWaitsOutside(wait);
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));
    }
}
