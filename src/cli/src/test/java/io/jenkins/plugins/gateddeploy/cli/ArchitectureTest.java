package io.jenkins.plugins.gateddeploy.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The walls around the command line. */
@AnalyzeClasses(packages = "io.jenkins.plugins.gateddeploy.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HERE = "io.jenkins.plugins.gateddeploy.cli";

    /** What is said to targets is the engine's business: here it is shown, never made. */
    @ArchTest
    static final ArchRule MAKES_NO_REMOTE_COMMAND =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.jenkins.plugins.gateddeploy.command..");

    @ArchTest
    static final ArchRule LEAVES_SSH_AND_THE_DATABASE_TO_THE_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.sshd..", "org.h2..", "org.jdbi..", "org.flywaydb..", "org.tomlj..");

    /** Only the sample repository of the demo is made here. */
    @ArchTest
    static final ArchRule LEAVES_GIT_TO_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage(HERE + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..");

    @ArchTest
    static final ArchRule STARTS_SSH_SERVERS_FOR_THE_DEMO_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage(HERE + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.jenkins.plugins.gateddeploy.embedded..");

    @ArchTest
    static final ArchRule STARTS_WEB_SERVERS_FOR_THE_DEMO_AND_THE_CONSOLE_ALONE = noClasses()
            .that()
            .resideOutsideOfPackages(HERE + ".demo..", HERE + ".serve..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net.httpserver..");

    /** So that a test, or another command such as the demo, can run commands in its own process. */
    @ArchTest
    static final ArchRule LEAVES_THE_PROCESS_TO_MAIN = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Main|Outside)")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            SlicesRuleDefinition.slices().matching(HERE + ".(*)..").should().beFreeOfCycles();

    /** What people see and what machines read know no command. */
    @ArchTest
    static final ArchRule KEEPS_COMMANDS_OUT_OF_THE_OTHER_ROOMS = noClasses()
            .that()
            .resideInAnyPackage(
                    HERE + ".terminal..", HERE + ".document..", HERE + ".host..", HERE + ".demo..", HERE + ".serve..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HERE);
}
