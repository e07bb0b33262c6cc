package io.orderflow.messaging.testkit.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.testkit.BrokerConformance;
import io.orderflow.servers.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs scenarios of the suite over a broker, inside a test: together, unless they crash its server. */
final class SuiteRun {

    static final Set<String> CRASHES = Set.of(
            "a_crash_under_load_loses_no_accepted_message",
            "accepted_messages_survive_a_crash",
            "uncommitted_messages_are_delivered_again_after_a_crash",
            "a_ping_fails_while_the_broker_is_unavailable",
            "a_broker_that_is_unavailable_at_the_start_is_used_once_it_is_available");

    /** For scenarios that are to fail, by waiting in vain as a rule. */
    static final Duration BRIEF = Duration.ofSeconds(3);

    /** For scenarios that are to pass. */
    static final Duration LONG = Duration.ofSeconds(30);

    private static @Nullable MessageBroker broker;
    private static @Nullable TestServer server;
    private static Duration patience = BRIEF;

    private SuiteRun() {}

    /** Scenario by scenario: passed, skipped or failed. */
    static Map<String, String> over(
            MessageBroker tried,
            @Nullable TestServer itsServer,
            Set<String> scenarios,
            Duration waiting,
            Path reports) {
        patience = waiting;
        broker = tried;
        server = itsServer;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(scenarios.stream()
                        .map(scenario -> selectMethod(OverBroker.class, scenario))
                        .toList())
                .configurationParameter("orderflow.conformance.directory", reports.toString())
                // scenarios wait most of their time
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(itsServer == null))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .build();
        Map<String, String> results = new ConcurrentSkipListMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .ifPresent(method -> results.put(
                                method,
                                switch (result.getStatus()) {
                                    case SUCCESSFUL -> "passed";
                                    case ABORTED -> "skipped";
                                    case FAILED -> "failed";
                                }));
            }
        });
        return results;
    }

    /** The suite over the broker that is being tried; nested, so that it is not run by itself. */
    static class OverBroker extends BrokerConformance {

        @Override
        protected MessageBroker connect() {
            return Objects.requireNonNull(broker);
        }

        @Override
        protected @Nullable TestServer server() {
            return server;
        }

        @Override
        protected Duration patience() {
            return patience;
        }
    }
}
