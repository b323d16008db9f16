package io.jenkins.plugins.gateddeploy.jenkins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import hudson.model.Action;
import hudson.model.Describable;
import hudson.model.Saveable;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.jenkins.trigger.WebhookEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** The house rules of the plugin. */
class PluginArchitectureTest {
    private static final String ENGINE = "io.jenkins.plugins.gateddeploy.";
    private static final String PLUGIN = ENGINE + "jenkins";

    private static JavaClasses plugin;

    @BeforeAll
    static void readClasses() {
        plugin = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PLUGIN);
    }

    @Test
    void formsAskByPostAndOnlyForThoseWhoMay() {
        ArchRule rule = methods()
                .that()
                .haveNameMatching("do(Check|Fill|Test).+")
                .should()
                .beAnnotatedWith(POST.class)
                .orShould()
                .beAnnotatedWith(RequirePOST.class)
                .andShould(checkAPermission());

        rule.check(plugin);
    }

    /** Web methods of pages: {@code doX} with a request, whatever they change. A forge has no login, but a secret. */
    @Test
    void whateverCanBeCalledFromTheWebChecksAPermission() {
        ArchRule rule = methods()
                .that()
                .arePublic()
                .and()
                .haveNameMatching("do[A-Z].*")
                .and()
                .areNotDeclaredIn(WebhookEndpoint.class)
                .should(checkAPermission());

        rule.check(plugin);
    }

    /** The console's API tells by itself what only looks; lists of what may be typed on change nothing. */
    @Test
    void whateverCanBeCalledFromTheWebIsAPost() {
        ArchRule rule = methods()
                .that()
                .arePublic()
                .and()
                .haveNameMatching("do(?!Dynamic$|AutoComplete)[A-Z].*")
                .should()
                .beAnnotatedWith(POST.class)
                .orShould()
                .beAnnotatedWith(RequirePOST.class);

        rule.check(plugin);
    }

    /** What people write into commits and configurations is shown on pages. */
    @Test
    void pagesEscapeWhatTheyShowAndHaveNoScriptOrStyleInThem() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".jelly")).toList();
            assertThat(pages)
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(Files.readString(page))
                            .startsWith("<?jelly escape-by-default='true'?>")
                            .doesNotContain("escape-by-default='false'", "<j:out", "h.rawHtml", "<style", " style=")
                            .doesNotContainPattern("<script(?![^>]* src=)")
                            .doesNotContainPattern(" on[a-z]+="));
        }
    }

    /** Steps and what they ask for are written into a build's program.dat, though none of them is a Describable. */
    @Test
    void nothingThatIsKeptWithABuildHoldsASecret() {
        Set<Class<?>> secrets =
                Set.of(Secret.class, hudson.util.Secret.class, SshCredential.class, GitCredential.class);
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(
                        PLUGIN + ".order..",
                        PLUGIN + ".step..",
                        PLUGIN + ".gate..",
                        PLUGIN + ".freestyle..",
                        PLUGIN + ".page..",
                        PLUGIN + ".registration..")
                .should(new ArchCondition<>("hold no secret") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        if (field.getAllInvolvedRawTypes().stream()
                                .anyMatch(type -> secrets.stream().anyMatch(type::isAssignableTo))) {
                            events.add(SimpleConditionEvent.violated(field, field.getDescription()));
                        }
                    }
                })
                .check(plugin);
    }

    @Test
    void oneJenkinsIsAskedForInFewRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        PLUGIN + ".host..",
                        PLUGIN + ".agent..",
                        PLUGIN + ".notice..",
                        PLUGIN + ".registration..",
                        PLUGIN + ".trigger..",
                        PLUGIN + ".page..")
                .and()
                // Forms that belong to no item are for those who administer Jenkins.
                .doNotHaveSimpleName("Fields")
                .should()
                .callMethodWhere(new DescribedPredicate<>("Jenkins.get() is called") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(Jenkins.class)
                                && Set.of("get", "getInstance", "getInstanceOrNull", "getActiveInstance")
                                        .contains(call.getName());
                    }
                })
                .because("a room that is handed what it needs can be read and tested alone")
                .check(plugin);
    }

    /** XStream loses records, and writes what is secret as it is. */
    @Test
    void nothingThatJenkinsSavesHoldsARecordOrASecret() {
        fields().that()
                .areDeclaredInClassesThat(new DescribedPredicate<JavaClass>("Jenkins saves") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.isAssignableTo(Describable.class)
                                || type.isAssignableTo(Action.class)
                                || type.isAssignableTo(Saveable.class);
                    }
                })
                .and()
                .areNotStatic()
                .should(new ArchCondition<>("be transient, or neither a record nor a secret") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        boolean bad = field.getAllInvolvedRawTypes().stream()
                                .anyMatch(type -> type.isRecord() || type.isEquivalentTo(Secret.class));
                        if (bad && !field.getModifiers().contains(JavaModifier.TRANSIENT)) {
                            events.add(SimpleConditionEvent.violated(field, field.getDescription()));
                        }
                    }
                })
                .check(plugin);
    }

    @Test
    void theEngineIsEnteredByItsDoors() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE + "command..", ENGINE + "embedded..", "org.h2..", "org.jdbi..", "org.apache.sshd..")
                .check(plugin);
        noClasses()
                .that()
                .resideOutsideOfPackages(PLUGIN + ".host..", PLUGIN + ".agent..", PLUGIN + ".registration..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ENGINE + "ssh..")
                .check(plugin);
    }

    @Test
    void roomsFormNoCycles() {
        slices().matching(PLUGIN + ".(*)..").should().beFreeOfCycles().check(plugin);
    }

    @Test
    void nothingKeepsStaticState() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(plugin);
    }

    private static ArchCondition<JavaMethod> checkAPermission() {
        return new ArchCondition<>("check a permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!asks(method, new HashSet<>())) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " calls neither checkPermission nor hasPermission"));
                }
            }
        };
    }

    /** Also when another method of the plugin does it for several. */
    private static boolean asks(JavaCodeUnit unit, Set<String> seen) {
        return seen.add(unit.getFullName())
                && unit.getCallsFromSelf().stream()
                        .anyMatch(call -> call.getName().matches("(check|has)(Any)?Permission2?")
                                || (call.getTargetOwner().getPackageName().startsWith(PLUGIN)
                                        && call.getTarget()
                                                .resolveMember()
                                                .map(target -> asks(target, seen))
                                                .orElse(false)));
    }
}
