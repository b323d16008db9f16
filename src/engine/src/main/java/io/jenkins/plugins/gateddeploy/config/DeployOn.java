package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/**
 * Which pushes are deployed to an environment without anybody asking for it. It says when, not what, so it is no part of
 * a {@link Configuration} and of the digest that people agree to.
 *
 * @param branches patterns of branches ({@code release/*}); with no tags either, no push is deployed
 * @param tags patterns of tags ({@code v*})
 * @param onlyAfterSuccess whether the deployment before has to have succeeded
 */
public record DeployOn(List<String> branches, List<String> tags, boolean onlyAfterSuccess) {
    public DeployOn {
        branches = List.copyOf(branches);
        tags = List.copyOf(tags);
    }
}
