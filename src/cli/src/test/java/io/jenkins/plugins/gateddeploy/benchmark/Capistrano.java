package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Application;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Capistrano 3 with its usual git strategy, a linked directory and a task before and after the switch. */
final class Capistrano implements Contender {
    private final Site site;
    private final int count;
    private final Path project;

    Capistrano(Site site, int count, Path repository) throws IOException {
        this.site = site;
        this.count = count;
        project = Files.createDirectories(site.directory().resolve("capistrano-" + count));
        Files.createDirectories(project.resolve("config/deploy"));
        Files.writeString(project.resolve("Capfile"), """
                require "capistrano/setup"
                require "capistrano/deploy"
                require "capistrano/scm/git"
                install_plugin Capistrano::SCM::Git
                """);
        Files.writeString(project.resolve("config/deploy.rb"), """
                set :application, "benchmark"
                set :repo_url, "%s"
                set :branch, ENV["REVISION"]
                set :deploy_to, "%s"
                set :tmp_dir, "%s"
                set :linked_dirs, ["storage"]
                set :keep_releases, %d
                set :ssh_options, {
                  config: false, keys: ["%s"], keys_only: true, forward_agent: false,
                  user_known_hosts_file: "%s", verify_host_key: :always
                }
                namespace :app do
                  task(:build) { on(release_roles(:all)) { within(release_path) { execute :sh, "-c", "'%s'" } } }
                  task(:restart) { on(release_roles(:all)) { within(release_path) { execute :sh, "-c", "'%s'" } } }
                end
                after "deploy:updated", "app:build"
                after "deploy:publishing", "app:restart"
                """.formatted(
                        repository,
                        site.there(directory()),
                        // Its wrapper for ssh stays there for good, so not in everybody's /tmp.
                        site.there("capistrano-tmp"),
                        Application.KEEP,
                        site.fleet().identity(),
                        site.fleet().knownHosts(),
                        Application.BUILD,
                        Application.RESTART));
        Files.writeString(
                project.resolve("config/deploy/production.rb"),
                site.targets(count).stream()
                        .map(t -> "server \"%s\", user: \"%s\", port: %d, roles: %%w{app}%n"
                                .formatted(t.host(), t.user(), t.port()))
                        .collect(Collectors.joining()));
    }

    @Override
    public String name() {
        return "Capistrano";
    }

    @Override
    public String directory() {
        return "capistrano-" + count;
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public void deploy(String commit) throws Exception {
        site.child().run(List.of("cap", "production", "deploy"), project, Map.of("REVISION", commit));
    }

    @Override
    public void rollback() throws Exception {
        site.child().run(List.of("cap", "production", "deploy:rollback"), project, Map.of("REVISION", "main"));
    }
}
