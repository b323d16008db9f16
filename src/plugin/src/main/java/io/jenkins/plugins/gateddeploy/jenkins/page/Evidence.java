package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.ExtensionList;
import hudson.Functions;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.console.document.EvidenceDocument;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeploymentAction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.security.ResourceDomainConfiguration;

/** What a build has archived for people to look at before they decide. */
final class Evidence {
    private Evidence() {}

    /**
     * {@return it with its addresses; nothing for those who may not see the build's artifacts}
     *
     * @param root address of Jenkins as the browser has it, without a slash at its end
     */
    static List<EvidenceDocument> of(Run<?, ?> build, String root) {
        DeploymentAction known = build.getAction(DeploymentAction.class);
        boolean hidden = Functions.isArtifactsPermissionEnabled() && !build.hasPermission(Run.ARTIFACTS);
        return known == null || hidden
                ? List.of()
                : known.getEvidence().stream()
                        .flatMap(path -> address(path).stream()
                                .map(address -> document(path, root + "/" + build.getUrl() + address)))
                        .toList();
    }

    /**
     * Reports of other people's programs run scripts. Where Jenkins serves such files from a host name of their own, it
     * goes there by itself; where it does not, it takes away all that makes a report readable.
     */
    private static EvidenceDocument document(String path, String address) {
        boolean opens = !isHtml(path) || hasAHostNameForReports();
        return new EvidenceDocument(path, address, !opens, opens ? "" : Messages.Evidence_download());
    }

    private static boolean hasAHostNameForReports() {
        return Jenkins.get().getRootUrl() != null
                && ExtensionList.lookupSingleton(ResourceDomainConfiguration.class)
                                .getUrl()
                        != null;
    }

    private static boolean isHtml(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return Stream.of(".html", ".htm", ".xhtml", ".svg").anyMatch(name::endsWith);
    }

    /** {@return where an artifact is, relative to its build; empty for a path that would lead elsewhere} */
    static Optional<String> address(String path) {
        List<String> parts = List.of(path.split("/", -1));
        boolean leadsAway = parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))
                || path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c));
        return leadsAway
                ? Optional.empty()
                : Optional.of(parts.stream().map(Util::rawEncode).collect(Collectors.joining("/", "artifact/", "")));
    }
}
