package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.jenkins.order.Wish;
import io.jenkins.plugins.gateddeploy.plan.Commit;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a deployment by hand would do, and the button that does it. */
public final class DeployPlan implements ModelObject {
    private static final int SHORT = 7;

    private final Item item;
    private final TargetsPage.Spot spot;
    private final Wish wish;
    private final Plan plan;

    DeployPlan(Item item, TargetsPage.Spot spot, Wish wish, Plan plan) {
        this.item = item;
        this.spot = spot;
        this.wish = wish;
        this.plan = plan;
    }

    /** {@return below whose page it is} */
    public Item getItem() {
        return item;
    }

    /** {@return which environment} */
    public TargetsPage.Spot getSpot() {
        return spot;
    }

    @Override
    public String getDisplayName() {
        return Messages.DeployPlan_displayName(plan.app(), plan.environment());
    }

    /** {@return the address of the form with everything that was asked for, relative to this page} */
    public String getForm() {
        Stream<String> fields = Stream.of(
                field("app", plan.app()),
                field("environment", plan.environment()),
                field("ref", wish.ref()),
                field("config", wish.config()),
                field("reason", wish.reason()),
                field("emergency", wish.emergency()));
        Stream<String> chosen = Stream.of(
                        wish.targets().stream().map(target -> field("target", target)),
                        wish.skip().stream().map(task -> field("skip", task)),
                        wish.force() ? Stream.of(field("force", "true")) : Stream.<String>empty())
                .flatMap(each -> each);
        return "form/?" + Stream.concat(fields, chosen).collect(Collectors.joining("&"));
    }

    private static String field(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** {@return the version for people} */
    public String getRevision() {
        return plan.revision();
    }

    /** {@return the commit that was looked at, which is what is deployed} */
    public String getCommit() {
        return plan.coming().id();
    }

    /** {@return whether nothing stands against it} */
    public boolean isPossible() {
        return plan.judgement().standing().isEmpty();
    }

    /** {@return what was found, in the order people should read it} */
    public List<Checked.Found> getProblems() {
        return plan.problems().stream()
                .map(problem -> new Checked.Found(problem, plan.judgement()))
                .toList();
    }

    /** {@return who has to approve, a sentence for each rule} */
    public List<String> getApprovals() {
        return plan.rules().stream().map(DeployPlan::words).distinct().toList();
    }

    private static String words(Clause clause) {
        return Messages.DeployPlan_approval(
                clause.required(), clause.who(), clause.from().words());
    }

    /** {@return what is on each target now} */
    public List<OnTarget> getTargets() {
        return plan.current().stream()
                .filter(current -> wish.targets().isEmpty() || wish.targets().contains(current.target()))
                .map(OnTarget::new)
                .toList();
    }

    /** {@return the commits that it brings, newest first} */
    public List<News> getCommits() {
        return plan.commits().listed().stream().map(News::new).toList();
    }

    /** {@return whether it brings other commits, which are not listed} */
    public boolean isMoreCommits() {
        return plan.commits().count() > plan.commits().listed().size()
                || !plan.commits().complete();
    }

    /** {@return what runs on the targets, in order} */
    public List<Running> getTasks() {
        return plan.effects().tasks().stream()
                .map(task -> new Running(task, wish.skip().contains(task.name())))
                .toList();
    }

    /** {@return what was asked for: names of targets} */
    public List<String> getOnly() {
        return wish.targets();
    }

    /** {@return what was asked for: names of tasks to leave out} */
    public List<String> getSkip() {
        return wish.skip();
    }

    /** {@return what was asked for: the version as the person named it} */
    public String getBranch() {
        return wish.branch();
    }

    /** {@return what was asked for} */
    public String getConfig() {
        return wish.config();
    }

    /** {@return what was asked for} */
    public boolean isForce() {
        return wish.force();
    }

    /** {@return what was asked for} */
    public String getReason() {
        return wish.reason();
    }

    /** {@return what was asked for} */
    public String getEmergency() {
        return wish.emergency();
    }

    /** What one target has. */
    public static final class OnTarget {
        private final Plan.Current current;

        OnTarget(Plan.Current current) {
            this.current = current;
        }

        /** {@return its name} */
        public String getName() {
            return current.target();
        }

        /** {@return the release that is current; empty for none} */
        public String getRelease() {
            return current.release();
        }

        /** {@return why nothing can be told; empty when it can} */
        public String getFailure() {
            return current.failure();
        }
    }

    /** A commit that comes. */
    public static final class News {
        private final Commit commit;

        News(Commit commit) {
            this.commit = commit;
        }

        /** {@return the beginning of its id} */
        public String getId() {
            return commit.id().substring(0, Math.min(SHORT, commit.id().length()));
        }

        /** {@return the first line of its message} */
        public String getSubject() {
            return commit.subject();
        }
    }

    /** A task, and whether it runs. */
    public static final class Running {
        private final Task task;
        private final boolean skipped;

        Running(Task task, boolean skipped) {
            this.task = task;
            this.skipped = skipped;
        }

        /** {@return its name} */
        public String getName() {
            return task.name();
        }

        /** {@return the command} */
        public String getRun() {
            return task.run();
        }

        /** {@return when it runs, or that it does not} */
        public String getWhen() {
            if (skipped) {
                return Messages.DeployPlan_skipped();
            }
            return task.at() == Task.Phase.PREPARE ? Messages.DeployPlan_prepare() : Messages.DeployPlan_switched();
        }
    }
}
