package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.labels.LabelExpression;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.regex.Pattern;

/**
 * Looks at what a person types into the form of an order. Says nothing to those who may not configure the item: they
 * may look at the form, and need no advice on it.
 */
public final class Fields {
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Pattern NUMBERED = Pattern.compile("(#|build:)(.*)");

    private final Item item;
    private final boolean permitted;

    private Fields(Item item, boolean permitted) {
        this.item = item;
        this.permitted = permitted;
    }

    /**
     * {@return the fields of an item's form}
     *
     * @param item null for a form outside of one, of which nothing is said
     */
    public static Fields of(Item item) {
        return new Fields(item, item != null && item.hasPermission(Item.CONFIGURE));
    }

    /** {@return whether this can be the name of an environment} */
    public FormValidation environment(String value) {
        if (isOpen(value)) {
            return FormValidation.ok();
        }
        if (value.isBlank()) {
            return FormValidation.error(Messages.Fields_environmentMissing());
        }
        return ENVIRONMENT.matcher(value.strip()).matches()
                ? FormValidation.ok()
                : FormValidation.error(Messages.Fields_environmentName());
    }

    /** {@return whether this can be a path of the workspace} */
    public FormValidation path(String value) {
        if (isOpen(value)) {
            return FormValidation.ok();
        }
        try {
            WorkspacePath.check(value.strip());
            return FormValidation.ok();
        } catch (ProblemException e) {
            return FormValidation.error(e.problems().get(0).message());
        }
    }

    /** {@return whether this can be what to roll back to} */
    public FormValidation release(String value) {
        if (isOpen(value)) {
            return FormValidation.ok();
        }
        var numbered = NUMBERED.matcher(value.strip());
        if (numbered.matches() && !numbered.group(2).matches("[1-9][0-9]{0,8}")) {
            return FormValidation.error(Messages.Fields_releaseNumber());
        }
        return FormValidation.ok();
    }

    /** {@return whether a reason is given where there must be one} */
    public FormValidation reason(String value, boolean needed) {
        return permitted && needed && Util.fixNull(value).isBlank()
                ? FormValidation.error(Messages.Fields_reason())
                : FormValidation.ok();
    }

    /** {@return whether this can be a number of people or of units of time} */
    public FormValidation count(String value) {
        return permitted ? FormValidation.validatePositiveInteger(value) : FormValidation.ok();
    }

    /** {@return whether some agent has the label} */
    public FormValidation label(String value) {
        return isOpen(value) || value.isBlank() ? FormValidation.ok() : LabelExpression.validate(value, asJob());
    }

    /** {@return the labels that begin so} */
    public AutoCompletionCandidates labels(String value) {
        return permitted ? LabelExpression.autoComplete(value) : new AutoCompletionCandidates();
    }

    private Job<?, ?> asJob() {
        return item instanceof Job<?, ?> job ? job : null;
    }

    /** Whether nothing can be said: the reader may not, or a variable stands for what is not known yet. */
    private boolean isOpen(String value) {
        return !permitted || value == null || value.contains("$");
    }
}
