package io.orderflow.messaging;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.HandlerMiddleware;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The arrows between the packages of the library, of both modules. A package with a {@link MessageBroker} in it is an adapter. */
@AnalyzeClasses(packages = "io.orderflow.messaging", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.orderflow.messaging";
    private static final List<String> MODULES = List.of("messaging-common", "messaging-jdbc");

    /** The packages of messaging-jdbc; all others are the core. */
    private static final List<String> DATABASE = List.of(
            "outbox",
            "inbox",
            "audit",
            "deadletters",
            "replay",
            "conservation",
            "database",
            "crashguard",
            "sequence",
            "pauses",
            "payloads",
            "operations",
            "jdbc");

    /** What several adapters need; nothing outside an adapter uses it. */
    private static final String SHARED_BY_ADAPTERS = ROOT + ".adapter";

    @ArchTest
    static final ArchRule arrows_go_down = layers(List.of(
            List.of("jdbc", "operations"),
            List.of("spring"),
            List.of("deadletters", "replay", "audit", "conservation"),
            List.of("database"),
            List.of("outbox"),
            List.of("inbox", "crashguard", "sequence", "pauses", "payloads"),
            List.of("runtime"),
            List.of("brokers"),
            List.of("pipeline", "request"),
            List.of("events"),
            List.of("supervision"),
            List.of("policy", "codec", "tracing", "claimcheck"),
            List.of("handling")));

    @ArchTest
    static final ArchRule the_core_does_not_import_the_database_half = noClasses()
            .that()
            .resideOutsideOfPackages(packages(DATABASE))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(DATABASE));

    /** {@code TransientFailures} classifies what a handler throws, which may be a failure of the handler's own database. */
    @ArchTest
    static final ArchRule the_core_uses_no_database = noClasses()
            .that()
            .resideOutsideOfPackages(packages(DATABASE))
            .and()
            .doNotHaveSimpleName("TransientFailures")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.flywaydb..", "org.postgresql..");

    /** Each package may be used by those of the rows above its own; packages of one row know nothing of each other. */
    private static ArchRule layers(List<List<String>> rows) {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..");
        for (String each : flat(rows)) {
            layers = layers.layer(each).definedBy(ROOT + "." + each);
        }
        for (int i = 0; i < rows.size(); i++) {
            String[] above = flat(rows.subList(0, i)).toArray(String[]::new);
            for (String each : rows.get(i)) {
                layers = above.length == 0
                        ? layers.whereLayer(each).mayNotBeAccessedByAnyLayer()
                        : layers.whereLayer(each).mayOnlyBeAccessedByLayers(above);
            }
        }
        return layers;
    }

    private static List<String> flat(List<List<String>> rows) {
        return rows.stream().flatMap(List::stream).toList();
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(each -> ROOT + "." + each).toArray(String[]::new);
    }

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
                .should(new ArchCondition<>("know the root package, what adapters share and themselves only") {
                    @Override
                    public void check(JavaClass each, ConditionEvents events) {
                        each.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> ours.test(dependency.getTargetClass()))
                                .filter(dependency -> !Set.of(ROOT, SHARED_BY_ADAPTERS, each.getPackageName())
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
        noClasses()
                .that(DescribedPredicate.not(adapter))
                .and()
                .resideOutsideOfPackage(SHARED_BY_ADAPTERS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SHARED_BY_ADAPTERS)
                .check(all);
    }

    /**
     * Public types that no other package of the library uses. Applications handle events and operate messages with them, replace
     * a bean by them ({@code Place} of {@code Sequences}), create the tables with them, or write them in their configuration. The constants of {@code
     * Headers} are copied by the compiler.
     */
    private static final Set<String> FOR_APPLICATIONS = Set.of(
            "Headers",
            "NoPayloadException",
            "EventBus",
            "PostponedException",
            "RetryAfterException",
            "Channels",
            "Requests",
            "Problem",
            "ReplyingHandler",
            "HandledType",
            "EventBatchHandler",
            "RequestFailedException",
            "RequestTimeoutException",
            "SubscriptionSettings",
            "Place",
            "DeadLetter",
            "EventHandler",
            "EventContext",
            "UnknownEventTypeException",
            "HandledConcurrentlyException",
            "DeadLetterAction",
            "DeadLetterFilter",
            "DeadLetterState",
            "Decision",
            "RedriveJob",
            "RedriveOrder",
            "SimilarDeadLetters",
            "ParkedRow",
            "Schedule",
            "LibraryScripts",
            "RequestErrors");

    @ArchTest
    static void a_public_type_is_used_elsewhere_or_offered_to_applications(JavaClasses all) {
        Set<String> unused = all.stream()
                .filter(each -> each.isTopLevelClass() && each.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(each -> each.getDirectDependenciesToSelf().stream()
                        .allMatch(dependency ->
                                dependency.getOriginClass().getPackageName().equals(each.getPackageName())))
                .filter(each -> !each.isAssignableTo(MessageBroker.class))
                .filter(each -> !each.isAnnotatedWith(AutoConfiguration.class))
                .filter(each -> !each.isAnnotatedWith(ConfigurationProperties.class))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(unused)
                .as("public types that nothing uses: make them package-private, remove them or add them to the list")
                .isSubsetOf(FOR_APPLICATIONS);
    }

    /** {@code MessageTracingTest} covers the middlewares of traces together, and a pause has no behaviour. */
    private static final Set<String> TESTED_ELSEWHERE = Set.of("ProcessSpans", "AttemptFailures", "Pause");

    /** In the package of the class, and named after it. */
    @ArchTest
    static void every_middleware_and_every_policy_has_a_test_class(JavaClasses all) {
        assertThat(all.stream()
                        .filter(each -> each.isTopLevelClass() && !each.isInterface() && !isPackageInfo(each))
                        .filter(each -> each.isAssignableTo(HandlerMiddleware.class)
                                || each.isAssignableTo(BatchMiddleware.class)
                                || each.getPackageName().equals(ROOT + ".policy"))
                        .filter(each -> !TESTED_ELSEWHERE.contains(each.getSimpleName()))
                        .map(each -> each.getName().replace('.', '/') + "Test.java")
                        .filter(test -> MODULES.stream()
                                .noneMatch(module -> Files.exists(Path.of("..", module, "src/test/java", test)))))
                .as("missing test classes")
                .isEmpty();
    }

    private static boolean isPackageInfo(JavaClass each) {
        return each.getSimpleName().equals("package-info");
    }

    @ArchTest
    static final ArchRule every_package_says_what_may_be_null =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule names_say_something =
            noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Manager|Helper)");
}
