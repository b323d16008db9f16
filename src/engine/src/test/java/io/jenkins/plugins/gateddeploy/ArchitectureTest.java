package io.jenkins.plugins.gateddeploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house: who may enter which room. */
@AnalyzeClasses(
        packages = "io.jenkins.plugins.gateddeploy",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.gateddeploy.";

    @ArchTest
    static final ArchRule engineKnowsNoJenkins =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..");

    @ArchTest
    static final ArchRule engineKnowsNoHttpServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.net.httpserver..", "jakarta.servlet..", "org.eclipse.jetty..", "io.javalin..");

    @ArchTest
    static final ArchRule roomsFormNoCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commandsAreBuiltWithoutRunningThem = noClasses()
            .that()
            .resideInAPackage(ROOT + "command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "ssh..", ROOT + "release..", ROOT + "history..", "org.apache.sshd..");

    @ArchTest
    static final ArchRule deploymentsReachTargetsThroughThePort = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "release..", ROOT + "source..", ROOT + "config..", ROOT + "target..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "ssh..", ROOT + "embedded..");

    @ArchTest
    static final ArchRule onlyTwoRoomsSpeakSsh = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "ssh..", ROOT + "embedded..", ROOT + "source..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.sshd..");

    @ArchTest
    static final ArchRule theHistoryAloneKnowsTheDatabase = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "history..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.h2..", "org.flywaydb..");

    @ArchTest
    static final ArchRule nothingKeepsStaticState = classes()
            .should(new com.tngtech.archunit.lang.ArchCondition<>("have only final static fields") {
                @Override
                public void check(
                        com.tngtech.archunit.core.domain.JavaClass type,
                        com.tngtech.archunit.lang.ConditionEvents events) {
                    type.getFields().stream()
                            .filter(f -> f.getModifiers().contains(JavaModifier.STATIC))
                            .filter(f -> !f.getModifiers().contains(JavaModifier.FINAL))
                            .filter(f -> !f.getModifiers().contains(JavaModifier.SYNTHETIC))
                            .forEach(f -> events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                                    f, f.getFullName() + " is static and not final")));
                }
            });
}
