package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Application;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Two playbooks that do the same work in few steps, set up for speed: pipelining, a fork for every server, no facts
 * gathered, connections that stay open from one run to the next.
 */
final class Ansible implements Contender {
    private final Site site;
    private final int count;
    private final Path project;
    private int releases;

    Ansible(Site site, int count, Path repository) throws IOException {
        this.site = site;
        this.count = count;
        project = Files.createDirectories(site.directory().resolve("ansible-" + count));
        Files.writeString(project.resolve("ansible.cfg"), """
                [defaults]
                inventory = hosts
                forks = 100
                gathering = explicit
                host_key_checking = True
                [ssh_connection]
                pipelining = True
                control_path_dir = %s
                ssh_args = -F none -o ControlMaster=auto -o ControlPersist=60s -o IdentitiesOnly=yes -o UserKnownHostsFile=%s
                """.formatted(
                        site.directory().resolve("cp"), site.fleet().knownHosts()));
        Files.writeString(
                project.resolve("hosts"),
                "[all:vars]\nansible_python_interpreter=/usr/bin/python3\nansible_ssh_private_key_file="
                        + site.fleet().identity() + "\n[all]\n"
                        + site.targets(count).stream()
                                .map(t ->
                                        "%s ansible_port=%d ansible_user=%s%n".formatted(t.host(), t.port(), t.user()))
                                .collect(Collectors.joining()));
        Files.writeString(project.resolve("deploy.yml"), """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - file: {path: "{{ base }}/shared/storage", state: directory}
                    - git: {repo: "REPOSITORY", dest: "{{ base }}/repo", version: "{{ commit }}", bare: true}
                    - shell: mkdir -p {{ base }}/releases/{{ release }} && git --git-dir={{ base }}/repo archive {{ commit }} | tar -xf - -C {{ base }}/releases/{{ release }}
                    - file: {src: "{{ base }}/shared/storage", dest: "{{ base }}/releases/{{ release }}/storage", state: link}
                    - shell: {cmd: "BUILD", chdir: "{{ base }}/releases/{{ release }}"}
                    - shell: ln -sfn releases/{{ release }} {{ base }}/current.new && mv -T {{ base }}/current.new {{ base }}/current
                    - shell: {cmd: "RESTART", chdir: "{{ base }}/current"}
                    - shell: {cmd: "ls | sort | head -n -KEEP | xargs -r rm -rf", chdir: "{{ base }}/releases"}
                """.replace("REPOSITORY", repository.toString())
                .replace("BUILD", Application.BUILD)
                .replace("RESTART", Application.RESTART)
                .replace("KEEP", Integer.toString(Application.KEEP)));
        Files.writeString(project.resolve("rollback.yml"), """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - shell: {cmd: "ln -sfn releases/$(ls releases | sort | tail -n 2 | head -n 1) current.new && mv -T current.new current", chdir: "{{ base }}"}
                    - shell: {cmd: "RESTART", chdir: "{{ base }}/current"}
                """.replace("RESTART", Application.RESTART));
    }

    @Override
    public String name() {
        return "ansible-core";
    }

    @Override
    public String directory() {
        return "ansible-" + count;
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public void deploy(String commit) throws Exception {
        releases++;
        play("deploy.yml", "-e", "commit=" + commit, "-e", "release=r%06d".formatted(releases));
    }

    @Override
    public void rollback() throws Exception {
        play("rollback.yml");
    }

    private void play(String playbook, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("ansible-playbook", playbook, "-e", "base=" + base()));
        command.addAll(List.of(more));
        site.child()
                .run(
                        command,
                        project,
                        Map.of("ANSIBLE_CONFIG", project.resolve("ansible.cfg").toString()));
    }

    private Path base() {
        return site.there(directory());
    }
}
