package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Wish;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Choices;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The form with which a person deploys to one environment. */
public final class DeployForm implements ModelObject {
    private static final int SHORT = 12;

    private final Item item;
    private final TargetsPage.Spot spot;
    private final Wish wish;
    private final List<Choice> choices;
    private final String trouble;
    private final Optional<Configuration> before;

    private DeployForm(
            Item item,
            TargetsPage.Spot spot,
            Wish wish,
            List<Choice> choices,
            String trouble,
            Optional<Configuration> before) {
        this.item = item;
        this.spot = spot;
        this.wish = wish;
        this.choices = choices;
        this.trouble = trouble;
        this.before = before;
    }

    /** A repository that cannot be read leaves a form without anything to choose from, which says so. */
    static DeployForm of(Item item, TargetsPage.Spot spot, Wish wish, ByHand hand) throws InterruptedException {
        List<Choice> choices = new ArrayList<>();
        String trouble = "";
        try {
            Choices found = hand.choices();
            found.branches().forEach(name -> choices.add(new Choice(name, Messages.DeployForm_branch())));
            found.tags().forEach(name -> choices.add(new Choice(name, Messages.DeployForm_tag())));
            found.commits().forEach(commit -> choices.add(Choice.of(commit)));
            trouble = found.complete() ? "" : Messages.DeployForm_more();
        } catch (ProblemException e) {
            trouble = e.getMessage();
        }
        return new DeployForm(item, spot, wish, choices, trouble, before(spot));
    }

    private static Optional<Configuration> before(TargetsPage.Spot spot) {
        try {
            return Optional.of(ItemConsole.configuration(spot.last(), spot.getPlace()));
        } catch (ProblemException e) {
            return Optional.empty();
        }
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
        return Messages.DeployForm_displayName(spot.getApp(), spot.getEnvironment());
    }

    /** {@return branches, tags and commits} */
    public List<Choice> getChoices() {
        return List.copyOf(choices);
    }

    /** {@return why not everything is there to choose from; empty when it is} */
    public String getTrouble() {
        return trouble;
    }

    /** {@return the targets of the last deployment} */
    public List<TargetChoice> getTargets() {
        return before.stream()
                .flatMap(c -> c.targets().stream())
                .map(Target::name)
                .map(name -> new TargetChoice(name, wish.targets().contains(name)))
                .toList();
    }

    /** {@return the tasks of the last deployment} */
    public List<TaskChoice> getTasks() {
        return before.stream()
                .flatMap(c -> c.tasks().stream())
                .map(task -> new TaskChoice(task, wish.skip().contains(task.name())))
                .toList();
    }

    /** {@return what a field held} */
    public String getRef() {
        return wish.ref();
    }

    /** {@return what a field held} */
    public String getConfig() {
        return wish.config();
    }

    /** {@return what a field held} */
    public boolean isForce() {
        return wish.force();
    }

    /** {@return what a field held} */
    public String getReason() {
        return wish.reason();
    }

    /** {@return what a field held} */
    public String getEmergency() {
        return wish.emergency();
    }

    /** {@return whether something was said in a field that is out of sight at first} */
    public boolean isMore() {
        return !wish.emergency().isEmpty() || !wish.config().equals(DeployPage.CONFIG);
    }

    /** Something to choose. */
    public static final class Choice {
        private final String name;
        private final String what;

        Choice(String name, String what) {
            this.name = name;
            this.what = what;
        }

        static Choice of(Revision commit) {
            return new Choice(commit.id().substring(0, SHORT), commit.subject());
        }

        /** {@return as it is written in the field} */
        public String getName() {
            return name;
        }

        /** {@return what it is, for people} */
        public String getWhat() {
            return what;
        }
    }

    /** A target that may be the only one. */
    public static final class TargetChoice {
        private final String name;
        private final boolean chosen;

        TargetChoice(String name, boolean chosen) {
            this.name = name;
            this.chosen = chosen;
        }

        /** {@return its name} */
        public String getName() {
            return name;
        }

        /** {@return whether it is one of those alone that are deployed to} */
        public boolean isChosen() {
            return chosen;
        }
    }

    /** A task that may be left out. */
    public static final class TaskChoice {
        private final Task task;
        private final boolean chosen;

        TaskChoice(Task task, boolean chosen) {
            this.task = task;
            this.chosen = chosen;
        }

        /** {@return whether it is left out} */
        public boolean isChosen() {
            return chosen;
        }

        /** {@return its name} */
        public String getName() {
            return task.name();
        }

        /** {@return the command that it runs} */
        public String getRun() {
            return task.run();
        }
    }
}
