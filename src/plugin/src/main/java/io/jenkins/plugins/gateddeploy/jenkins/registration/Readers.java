package io.jenkins.plugins.gateddeploy.jenkins.registration;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is told what happens in an environment, as its registrations say. */
public final class Readers {
    private Readers() {}

    /**
     * {@return the addresses of all registrations that let a job deploy there: those of Jenkins and of the folders above
     * it}
     *
     * @param job the one that deploys; empty when it is gone, and then only registrations for all jobs count
     */
    public static List<String> of(Optional<Item> job, String application, String environment) {
        String name = job.map(Item::getFullName).orElse("");
        Stream<RegisteredEnvironment> all = GatedDeployConfiguration.get().getEnvironments().stream()
                .filter(registered -> Registrations.scope(registered).lets(name));
        ItemGroup<?> group = job.<ItemGroup<?>>map(Item::getParent).orElse(null);
        while (group instanceof Item item) {
            if (group instanceof AbstractFolder<?> folder) {
                all = Stream.concat(all, of(folder, name));
            }
            group = item.getParent();
        }
        return all.filter(registered -> registered.getApplication().equals(application)
                        && registered.getEnvironment().equals(environment))
                .flatMap(registered -> registered.getTell().stream())
                .distinct()
                .toList();
    }

    private static Stream<RegisteredEnvironment> of(AbstractFolder<?> folder, String job) {
        FolderEnvironments property = folder.getProperties().get(FolderEnvironments.class);
        return property == null
                ? Stream.empty()
                : property.getEnvironments().stream()
                        .filter(registered ->
                                Registrations.scope(folder, registered).lets(job));
    }
}
