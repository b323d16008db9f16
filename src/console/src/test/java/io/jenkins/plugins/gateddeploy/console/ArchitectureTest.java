package io.jenkins.plugins.gateddeploy.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The walls around the console. */
@AnalyzeClasses(
        packages = "io.jenkins.plugins.gateddeploy.console",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.gateddeploy.";

    @ArchTest
    static final ArchRule KNOWS_NO_HOST = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", ROOT + "cli..", ROOT + "plugin..");

    @ArchTest
    static final ArchRule KNOWS_NO_WEB_SERVER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.sun.net.httpserver..",
                    "jakarta.servlet..",
                    "javax.servlet..",
                    "org.eclipse.jetty..",
                    "io.javalin..");

    /** Servers are reached through the host, and the database through the history. */
    @ArchTest
    static final ArchRule LEAVES_SERVERS_AND_THE_DATABASE_TO_THE_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "command..",
                    ROOT + "ssh..",
                    ROOT + "embedded..",
                    "org.apache.sshd..",
                    "org.eclipse.jgit..",
                    "org.h2..",
                    "org.jdbi..");

    @ArchTest
    static final ArchRule DOCUMENTS_KNOW_NOBODY_WHO_MAKES_THEM = noClasses()
            .that()
            .resideInAPackage(ROOT + "console.document")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "console");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES = SlicesRuleDefinition.slices()
            .matching(ROOT + "console.(*)..")
            .should()
            .beFreeOfCycles();
}
