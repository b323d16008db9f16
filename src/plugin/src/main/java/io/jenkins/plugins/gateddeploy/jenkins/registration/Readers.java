package io.jenkins.plugins.gateddeploy.jenkins.registration;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is told what happens in an environment, as its registrations say. */
public final class Readers {
    private Readers() {}

    /**
     * {@return the addresses of all registrations that concern a job: those of Jenkins and of the folders above it}
     *
     * @param job the one that deploys; empty when it is gone
     */
    public static List<String> of(Optional<Item> job, String application, String environment) {
        List<RegisteredEnvironment> all =
                new ArrayList<>(GatedDeployConfiguration.get().getEnvironments());
        ItemGroup<?> group = job.<ItemGroup<?>>map(Item::getParent).orElse(null);
        while (group instanceof Item item) {
            if (group instanceof AbstractFolder<?> folder) {
                FolderEnvironments property = folder.getProperties().get(FolderEnvironments.class);
                all.addAll(property == null ? List.of() : property.getEnvironments());
            }
            group = item.getParent();
        }
        return all.stream()
                .filter(registered -> registered.getApplication().equals(application)
                        && registered.getEnvironment().equals(environment))
                .flatMap(registered -> registered.getTell().stream())
                .distinct()
                .toList();
    }
}
