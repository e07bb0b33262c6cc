package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.memory.MemoryBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A suite that cannot fail shows nothing: with each broken broker, its scenarios have to fail. */
class SuiteCatchesBrokenBrokersTest {

    @TempDir
    Path reports;

    @ParameterizedTest(name = "a broker that {0} fails")
    @MethodSource("brokenBrokers")
    void a_broken_broker_fails(BrokenBroker broken) {
        var results = SuiteRun.over(
                broken.tampering().apply(new MemoryBroker()), null, broken.scenarios(), SuiteRun.BRIEF, reports);

        assertThat(results.keySet()).isEqualTo(broken.scenarios());
        assertThat(results)
                .as("results")
                .allSatisfy((scenario, result) -> assertThat(result).isEqualTo("failed"));
    }

    @Test
    void the_same_scenarios_pass_with_an_intact_broker() {
        Set<String> scenarios = new TreeSet<>();
        brokenBrokers().forEach(broken -> scenarios.addAll(broken.scenarios()));

        var results = SuiteRun.over(new TamperedBroker(new MemoryBroker()), null, scenarios, SuiteRun.LONG, reports);

        assertThat(results.keySet()).isEqualTo(scenarios);
        assertThat(results).doesNotContainValue("failed");
        assertThat(reports.resolve("memory.tsv"))
                .content()
                .contains("\tpassed\t")
                .doesNotContain("\tfailed\t");
    }

    @Test
    void a_broker_that_loses_messages_in_a_crash_fails() {
        var losing = new CrashingMemory(true);

        var results = SuiteRun.over(losing, losing, SuiteRun.CRASHES, SuiteRun.BRIEF, reports);

        assertThat(results)
                .containsEntry("accepted_messages_survive_a_crash", "failed")
                .containsEntry("uncommitted_messages_are_delivered_again_after_a_crash", "failed")
                .containsEntry("a_crash_under_load_loses_no_accepted_message", "failed");
    }

    @Test
    void a_broker_that_answers_pings_while_it_is_unavailable_fails() {
        var crashing = new CrashingMemory(false);
        var pinging = new TamperedBroker(crashing) {
            @Override
            public void ping(Duration timeout) {}
        };

        var results = SuiteRun.over(pinging, crashing, SuiteRun.CRASHES, SuiteRun.BRIEF, reports);

        assertThat(results).containsEntry("a_ping_fails_while_the_broker_is_unavailable", "failed");
    }

    @Test
    void the_crash_scenarios_pass_with_a_durable_broker() {
        var durable = new CrashingMemory(false);

        var results = SuiteRun.over(durable, durable, SuiteRun.CRASHES, SuiteRun.LONG, reports);

        assertThat(results.keySet()).isEqualTo(SuiteRun.CRASHES);
        assertThat(results.values()).containsOnly("passed");
    }

    static Stream<BrokenBroker> brokenBrokers() {
        return Stream.concat(BrokenDelivery.all(), BrokenContent.all());
    }
}
