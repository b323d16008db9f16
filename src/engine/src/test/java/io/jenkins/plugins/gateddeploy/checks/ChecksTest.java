package io.jenkins.plugins.gateddeploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChecksTest {

    /** What a check does when its turn comes. */
    private interface Finding {
        List<Problem> find() throws Exception;
    }

    private static Check check(String about, Duration timeout, Finding finding) {
        return new Check() {
            @Override
            public String about() {
                return about;
            }

            @Override
            public Duration timeout() {
                return timeout;
            }

            @Override
            public List<Problem> find() throws ProblemException, IOException, InterruptedException {
                try {
                    return finding.find();
                } catch (ProblemException | IOException | InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    private static Check check(String about, Finding finding) {
        return check(about, Duration.ofSeconds(30), finding);
    }

    private static Problem error(String id) {
        return Problem.error(id, "It is wrong.", "");
    }

    private static List<Problem> run(Check... list) throws InterruptedException {
        try (Checks checks = Checks.start(List.of(list))) {
            return checks.await();
        }
    }

    @Test
    void givesTheProblemsInTheOrderOfTheChecksWhicheverEndsFirst() throws Exception {
        CountDownLatch secondIsDone = new CountDownLatch(1);

        List<Problem> found = run(
                check("one", () -> {
                    secondIsDone.await();
                    return List.of(error("a"), error("b"));
                }),
                check("two", () -> {
                    secondIsDone.countDown();
                    return List.of(error("c"), error("a"));
                }));

        assertThat(found).extracting(Problem::id).containsExactly("a", "b", "c");
    }

    @Test
    void runsThemAtTheSameTime() throws Exception {
        CyclicBarrier all = new CyclicBarrier(8);
        Check waits = check("a meeting", () -> {
            all.await(30, TimeUnit.SECONDS);
            return List.of();
        });

        assertThat(run(waits, waits, waits, waits, waits, waits, waits, waits)).isEmpty();
    }

    @Test
    void makesAProblemOfACheckThatCannotBeCarriedOut() throws Exception {
        List<Problem> found = run(
                check("model.json", () -> {
                    throw new ProblemException(List.of(
                            Problem.error("json.syntax", "No JSON.", "Correct it.", new Location("model.json", 3, 7))));
                }),
                check("the registry", () -> {
                    throw new IOException("disk on fire");
                }),
                check("a bug", () -> {
                    throw new IllegalStateException("sk_live_topsecret");
                }),
                check("deep nesting", () -> {
                    throw new StackOverflowError();
                }));

        assertThat(found).extracting(Problem::id).containsOnly("check.failed").hasSize(4);
        assertThat(found).extracting(Problem::severity).containsOnly(Severity.ERROR);
        assertThat(found.get(0).message()).contains("model.json", "No JSON.");
        assertThat(found.get(0).mend()).isEqualTo("Correct it.");
        assertThat(found.get(0).where()).contains(new Location("model.json", 3, 7));
        assertThat(found.get(1).message()).contains("the registry", "disk on fire");
        assertThat(found.get(2).message())
                .contains("a bug", "IllegalStateException", "ChecksTest.java")
                .doesNotContain("topsecret");
        assertThat(found.get(3).message()).contains("deep nesting", "StackOverflowError");
    }

    @Test
    void doesNotWaitLongerForACheckThanItsTime() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);

        List<Problem> found = run(
                check("a slow server", Duration.ofMillis(50), () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return List.of();
                }),
                check("a quick one", () -> List.of(error("a"))));

        assertThat(found).extracting(Problem::id).containsExactly("check.failed", "a");
        assertThat(found.get(0).message()).contains("a slow server", "50 ms");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void letsOthersHaveTheTurnsOfChecksThatHeedNothing() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Check> list = new ArrayList<>(Collections.nCopies(20, check("a loop", Duration.ofMillis(50), () -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
                Thread.interrupted();
                end.await(1, TimeUnit.MILLISECONDS);
            }
            return List.of();
        })));
        list.add(check("the last", () -> List.of(error("last"))));
        try (Checks checks = Checks.start(list)) {
            assertThat(checks.await()).extracting(Problem::id).containsExactly("check.failed", "last");
        } finally {
            end.countDown();
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        run(check("one", List::of), check("two", List::of));
        Checks closed = Checks.start(List.of(check("forever", () -> {
            new CountDownLatch(1).await();
            return List.of();
        })));
        closed.close();

        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("gated-deploy check")));
    }
}
