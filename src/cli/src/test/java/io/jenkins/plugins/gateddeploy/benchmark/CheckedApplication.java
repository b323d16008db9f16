package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An application with much to look at: {@value #KEYS} keys in the file that connects it to the world and as many in
 * development's, {@value #MIGRATIONS} pending migrations, documents of an API, variables on the targets.
 */
final class CheckedApplication implements AutoCloseable {
    static final int KEYS = 1_000;
    static final int MIGRATIONS = 300;
    private static final int VARIABLES = 20;

    private final SampleRepository repository;
    private final String current;
    private final String coming;

    CheckedApplication(Path path) {
        repository = SampleRepository.create(path);
        repository.file("settings.toml", settings("production"));
        repository.file("settings.development.toml", settings("development"));
        repository.file("db/migrations/0000_begin.sql", "CREATE TABLE t0 (id bigint PRIMARY KEY, name varchar(40));\n");
        repository.file("openapi.json", api(100));
        current = repository.commit("What is current");
        for (int i = 1; i <= MIGRATIONS; i++) {
            repository.file("db/migrations/" + String.format("%04d", i) + "_more.sql", migration(i));
        }
        repository.file("openapi.json", api(110));
        coming = repository.commit("What comes");
    }

    Path path() {
        return repository.path();
    }

    /** {@return the commit that is deployed at first} */
    String current() {
        return current;
    }

    /** {@return the commit that is looked at} */
    String coming() {
        return coming;
    }

    DeployFile deployFile(Path directory, List<Target> targets) throws ProblemException {
        String listed = targets.stream()
                .map(t -> "\"" + t.user() + "@" + t.host() + ":" + t.port() + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        String names = IntStream.range(0, VARIABLES)
                .mapToObj(i -> "\"VARIABLE_" + i + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        return DeployFile.parse("deploy.toml", """
                app = "benchmark"

                [source]
                repository = "%s"

                [release]
                path = "%s"
                shared = [".env"]

                [environments.production]
                targets = %s
                requires = { variables = %s }
                config = { file = "settings.toml", reference = "current", specific = ["part-0"], development = "settings.development.toml" }
                schema = { migrations = "db/migrations", dialect = "postgresql" }
                api = { file = "openapi.json" }
                """.formatted(repository.path(), directory, listed, names));
    }

    /** {@return what each target has as {@code shared/.env}} */
    static String variables() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < VARIABLES; i++) {
            text.append("VARIABLE_").append(i).append("=value-").append(i).append('\n');
        }
        return text.toString();
    }

    private static String settings(String environment) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            text.append(i % 50 == 0 ? "\n[part-" + i / 50 + "]\n" : "")
                    .append("key_" + i + " = \"https://" + environment + ".example.org/" + i + "\"\n");
        }
        return text.toString();
    }

    private static String migration(int i) {
        return """
                -- A migration of the usual kind.
                CREATE TABLE t%1$d (id bigint PRIMARY KEY, name varchar(40), made timestamptz DEFAULT now());
                ALTER TABLE t0 ADD COLUMN c%1$d integer, ALTER COLUMN name TYPE varchar(%2$d);
                CREATE INDEX i%1$d ON t%1$d (name);
                INSERT INTO t%1$d (id, name) VALUES (1, 'one'), (2, 'two');
                """.formatted(i, 40 + i);
    }

    private static String api(int operations) {
        return IntStream.range(0, operations)
                .mapToObj(i -> """
                        "/things-%d/{id}": { "get": {
                          "parameters": [ { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } } ],
                          "responses": { "200": { "description": "it", "content": { "application/json": {
                            "schema": { "type": "object", "required": [ "id" ], "properties": {
                              "id": { "type": "string" }, "name": { "type": "string" } } } } } } } } }
                        """.formatted(i))
                .collect(Collectors.joining(
                        ",",
                        "{ \"openapi\": \"3.1.0\", \"info\": { \"title\": \"t\", \"version\": \"1\" }, \"paths\": {",
                        "} }"));
    }

    @Override
    public void close() {
        repository.close();
    }
}
