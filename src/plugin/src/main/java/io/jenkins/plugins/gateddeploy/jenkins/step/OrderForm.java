package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.order.Fields;
import io.jenkins.plugins.gateddeploy.jenkins.order.Names;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What the form of every order asks for: where it goes, and names on one line. Descriptors of steps implement it, since
 * Jenkins looks for these methods on the descriptor itself.
 */
public interface OrderForm {

    /** {@return names as the form shows them} */
    default String join(List<String> names) {
        return Names.join(names);
    }

    /** {@return whether this can be an environment} */
    @POST
    default FormValidation doCheckEnvironment(@AncestorInPath Item item, @QueryParameter String value) {
        return Fields.of(item).environment(value);
    }

    /** {@return whether this can be a path of the workspace} */
    @POST
    default FormValidation doCheckConfig(@AncestorInPath Item item, @QueryParameter String value) {
        return Fields.of(item).path(value);
    }

    /** {@return whether some agent has the label} */
    @POST
    default FormValidation doCheckLabel(@AncestorInPath Item item, @QueryParameter String value) {
        return Fields.of(item).label(value);
    }

    /** {@return the labels that begin so} */
    @POST
    default AutoCompletionCandidates doAutoCompleteLabel(@AncestorInPath Item item, @QueryParameter String value) {
        return Fields.of(item).labels(value);
    }

    /** {@return whether letting problems pass has a reason} */
    @POST
    default FormValidation doCheckReason(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String allowProblems,
            @QueryParameter boolean force) {
        return Fields.of(item)
                .reason(value, force || !Util.fixNull(allowProblems).isBlank());
    }
}
