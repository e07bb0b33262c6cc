package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.localstack.Broker;
import io.orderflow.systemtests.chaos.checking.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private static final Verdict HELD = new Verdict("no order is lost", List.of());
    private static final Verdict BROKEN = new Verdict("no mail is lost", List.of("order 7"));

    @Test
    void without_a_breakage_all_invariants_have_to_hold() {
        assertThat(scenario(null).hasExpected(List.of(HELD))).isTrue();
        assertThat(scenario(null).hasExpected(List.of(HELD, BROKEN))).isFalse();
        assertThat(scenario(null).settings()).isEmpty();
    }

    @Test
    void with_a_breakage_one_invariant_must_not_hold() {
        assertThat(scenario("no-inbox").hasExpected(List.of(HELD, BROKEN))).isTrue();
        assertThat(scenario("no-inbox").hasExpected(List.of(HELD))).isFalse();
    }

    @Test
    void a_breakage_is_put_into_each_process_by_the_agent() {
        assertThat(scenario("no-inbox").settings().values())
                .singleElement()
                .asString()
                .startsWith("-javaagent:")
                .endsWith("=broken:no-inbox");
    }

    private static Scenario scenario(@Nullable String breakage) {
        return new Scenario(Broker.REDIS, 1, 10, List.of(), breakage, Path.of(""), Path.of("folder"));
    }
}
