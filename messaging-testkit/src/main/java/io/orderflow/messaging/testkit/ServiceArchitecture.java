package io.orderflow.messaging.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The structure of a service, as ArchUnit rules: {@code web} and {@code handling} call {@code usecases}, which call {@code
 * domain}; {@code persistence} and {@code publishing} implement the ports that {@code domain} and {@code usecases} declare.
 * Packages for other external systems are adapters like these two.
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "io.orderflow.order", importOptions = ImportOption.DoNotIncludeTests.class)
 * class OrderArchitectureTest {
 *     @ArchTest
 *     static final ArchTests rules = ArchTests.in(ServiceArchitecture.class);
 * }
 * }</pre>
 */
public final class ServiceArchitecture {

    @ArchTest
    static final ArchRule theDomainKnowsNoFramework = classes()
            .that()
            .resideInAPackage("io.orderflow.*.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.orderflow.events..", "io.orderflow.*.domain..")
            .because("business rules and frameworks change for different reasons");

    @ArchTest
    static final ArchRule useCasesKnowNoAdapter = noClasses()
            .that()
            .resideInAPackage("io.orderflow.*.usecases..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderflow.*.web..",
                    "io.orderflow.*.handling..",
                    "io.orderflow.*.publishing..",
                    "io.orderflow.*.persistence..",
                    "io.orderflow.messaging..",
                    "io.orderflow.service..",
                    "org.springframework.jdbc..",
                    "org.springframework.web..",
                    "org.springframework.http..")
            .because("a use case declares ports, and adapters implement them");

    @ArchTest
    static final ArchRule onlyUseCasesCallPorts = noClasses()
            .that()
            .resideInAnyPackage("io.orderflow.*.web..", "io.orderflow.*.handling..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.orderflow.*.domain..").and(INTERFACES))
            .because("the effect of a request or an event is a use case");

    @ArchTest
    static final ArchRule onlyPublishingAndHandlingKnowTheLibrary = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.orderflow.*.publishing..", "io.orderflow.*.handling..", "io.orderflow.*.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.orderflow.messaging..")
            .because("a service does not depend on the messaging library elsewhere");

    @ArchTest
    static final ArchRule theyKnowOnlyItsEvents = noClasses()
            .that()
            .resideOutsideOfPackage("io.orderflow.*.streams..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.orderflow.messaging..")
                    .and(resideOutsideOfPackages("io.orderflow.messaging.events", "io.orderflow.messaging.request")))
            .because("how events are sent is configuration");

    @ArchTest
    static final ArchRule topologiesKnowOnlyItsJson = noClasses()
            .that()
            .resideInAPackage("io.orderflow.*.streams..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.orderflow.messaging..")
                    .and(resideOutsideOfPackages("io.orderflow.messaging.codec")))
            .allowEmptyShould(true)
            .because("a topology reads and writes topics itself, in the format of the library's events");

    @ArchTest
    static final ArchRule nobodyKnowsABroker = noClasses()
            .that()
            .resideOutsideOfPackage("io.orderflow.*.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.springframework.kafka..",
                    "com.rabbitmq..",
                    "org.springframework.amqp..",
                    "io.lettuce..",
                    "org.springframework.data.redis..")
            .because("the broker is configuration; only a topology of Kafka Streams is Kafka's own");

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching(
                    "io.orderflow.*.(web|handling|publishing|persistence|deadlines|carrier|smtp|streams|webhooks)..")
            .should()
            .notDependOnEachOther()
            .because("they meet in the use cases");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.orderflow.*.(*)..").should().beFreeOfCycles();

    private ServiceArchitecture() {}
}
