package io.jenkins.plugins.gateddeploy.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = GatedDeploy.class.getPackage().getImplementationVersion();
        return new String[] {
            "gated-deploy " + (version == null ? "(not packaged)" : version) + ", Java "
                    + Runtime.version().feature()
        };
    }
}
