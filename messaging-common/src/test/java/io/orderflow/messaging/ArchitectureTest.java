package io.orderflow.messaging;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The arrows between the packages of the library. A package with a {@link MessageBroker} in it is an adapter. */
@AnalyzeClasses(packages = "io.orderflow.messaging", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.orderflow.messaging";

    @ArchTest
    static final ArchRule arrows_go_down = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("spring")
            .definedBy(ROOT + ".spring")
            .layer("runtime")
            .definedBy(ROOT + ".runtime")
            .layer("events")
            .definedBy(ROOT + ".events")
            .layer("outbox")
            .definedBy(ROOT + ".outbox")
            .layer("quarantine")
            .definedBy(ROOT + ".quarantine")
            .layer("inbox")
            .definedBy(ROOT + ".inbox")
            .layer("sequence")
            .definedBy(ROOT + ".sequence")
            .layer("deadletters")
            .definedBy(ROOT + ".deadletters")
            .layer("supervision")
            .definedBy(ROOT + ".supervision")
            .layer("policy")
            .definedBy(ROOT + ".policy")
            .layer("handling")
            .definedBy(ROOT + ".handling")
            .layer("database")
            .definedBy(ROOT + ".database")
            .layer("codec")
            .definedBy(ROOT + ".codec")
            .whereLayer("spring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("spring")
            .whereLayer("events")
            .mayOnlyBeAccessedByLayers("spring", "runtime")
            .whereLayer("quarantine")
            .mayOnlyBeAccessedByLayers("spring", "runtime")
            .whereLayer("outbox")
            .mayOnlyBeAccessedByLayers("spring", "runtime", "events", "deadletters")
            .whereLayer("deadletters")
            .mayOnlyBeAccessedByLayers("spring", "runtime")
            .whereLayer("inbox")
            .mayOnlyBeAccessedByLayers("spring", "runtime")
            .whereLayer("sequence")
            .mayOnlyBeAccessedByLayers("spring", "runtime", "events")
            .whereLayer("supervision")
            .mayOnlyBeAccessedByLayers("spring", "runtime", "outbox", "deadletters")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("spring", "runtime", "events", "outbox", "inbox", "supervision")
            .whereLayer("handling")
            .mayOnlyBeAccessedByLayers(
                    "spring", "runtime", "events", "outbox", "inbox", "deadletters", "sequence", "quarantine", "policy")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("spring")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("spring", "runtime", "events");

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_root_stands_alone = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + ".*").or(resideInAPackage("org.springframework..")));

    @ArchTest
    static void adapters_know_the_root_only_and_nobody_knows_them(JavaClasses all) {
        Set<String> adapters = all.stream()
                .filter(each -> each.isAssignableTo(MessageBroker.class) && !each.isInterface())
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        DescribedPredicate<JavaClass> adapter =
                DescribedPredicate.describe("in an adapter", each -> adapters.contains(each.getPackageName()));
        DescribedPredicate<JavaClass> ours = resideInAPackage(ROOT + "..");
        classes()
                .that(adapter)
                .should(new ArchCondition<>("know the root package and themselves only") {
                    @Override
                    public void check(JavaClass each, ConditionEvents events) {
                        each.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> ours.test(dependency.getTargetClass()))
                                .filter(dependency -> !Set.of(ROOT, each.getPackageName())
                                        .contains(dependency.getTargetClass().getPackageName()))
                                .forEach(dependency ->
                                        events.add(SimpleConditionEvent.violated(each, dependency.getDescription())));
                    }
                })
                .check(all);
        noClasses()
                .that(DescribedPredicate.not(adapter))
                .should()
                .dependOnClassesThat(adapter)
                .check(all);
    }

    @ArchTest
    static final ArchRule every_package_says_what_may_be_null =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule names_say_something =
            noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Manager|Helper)");
}
