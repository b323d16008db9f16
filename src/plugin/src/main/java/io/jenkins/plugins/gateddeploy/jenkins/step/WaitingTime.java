package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gateddeploy.jenkins.order.Fields;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How long to wait for people: {@code [time: 4, unit: 'HOURS']}. */
public final class WaitingTime extends AbstractDescribableImpl<WaitingTime> implements Serializable {
    private static final long serialVersionUID = 1;
    private static final List<TimeUnit> UNITS =
            List.of(TimeUnit.SECONDS, TimeUnit.MINUTES, TimeUnit.HOURS, TimeUnit.DAYS);

    private final int time;
    private final String unit;

    /**
     * A time.
     *
     * @param time above 0
     * @param unit {@code SECONDS}, {@code MINUTES}, {@code HOURS} or {@code DAYS}; empty for minutes
     * @throws IllegalArgumentException when it is no time
     */
    @DataBoundConstructor
    public WaitingTime(int time, String unit) {
        this.time = time;
        String given = Util.fixEmptyAndTrim(unit);
        this.unit = given == null ? TimeUnit.MINUTES.name() : given.toUpperCase(Locale.ROOT);
        if (time < 1) {
            throw new IllegalArgumentException("timeout: expected a time above 0, found " + time + ".");
        }
        if (UNITS.stream().noneMatch(u -> u.name().equals(this.unit))) {
            throw new IllegalArgumentException(
                    "timeout: expected one of the units " + UNITS + ", found \"" + unit + "\".");
        }
    }

    /** {@return how many} */
    public int getTime() {
        return time;
    }

    /** {@return of what} */
    public String getUnit() {
        return unit;
    }

    Duration duration() {
        return Duration.of(time, TimeUnit.valueOf(unit).toChronoUnit());
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WaitingTime> {
        @Override
        public String getDisplayName() {
            return Messages.WaitingTime_displayName();
        }

        /** {@return the units to choose from} */
        @POST
        public ListBoxModel doFillUnitItems(@AncestorInPath Item item) {
            ListBoxModel model = new ListBoxModel();
            if (item == null || !item.hasPermission(Item.CONFIGURE)) {
                return model;
            }
            Arrays.stream(Messages.WaitingTime_units().split(","))
                    .map(name -> name.split("="))
                    .forEach(name -> model.add(name[1], name[0]));
            return model;
        }

        /** {@return whether this can be a time} */
        @POST
        public FormValidation doCheckTime(@AncestorInPath Item item, @QueryParameter String value) {
            return Fields.of(item).count(value);
        }
    }
}
