package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.localstack.Broker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosArgumentsTest {

    private static final long RANDOM_SEED = 42;
    private static final Path FOLDER = Path.of("chaos");

    @Test
    void the_defaults_are_kafka_all_faults_and_a_random_seed() {
        assertThat(parse().scenarios())
                .containsExactly(scenario(Broker.KAFKA, RANDOM_SEED, 1_000, Scenario.ALL_FAULTS, null));
        assertThat(parse().keep()).isFalse();
        assertThat(parse("--keep").keep()).isTrue();
    }

    @Test
    void the_printed_command_runs_the_same_scenario() {
        for (List<Fault> faults : List.of(List.<Fault>of(), List.of(Fault.KILL_BROKER), Scenario.ALL_FAULTS)) {
            for (String breakage : Arrays.asList(null, "no-inbox")) {
                Scenario scenario = scenario(Broker.REDIS, 5, 70, faults, breakage);

                String[] words =
                        scenario.command().replace("./orderflow chaos ", "").split(" ");

                assertThat(parse(words).scenarios()).containsExactly(scenario);
            }
        }
    }

    @Test
    void the_matrix_is_all_brokers_with_three_seeds() {
        assertThat(parse("--matrix").scenarios())
                .hasSize(Broker.values().length * ChaosArguments.MATRIX_SEEDS.size())
                .extracting(Scenario::seed)
                .containsAll(ChaosArguments.MATRIX_SEEDS);
        assertThat(parse("--broker", "all").scenarios())
                .extracting(Scenario::broker)
                .containsExactly(Broker.values());
    }

    @Test
    void invalid_arguments_are_named() {
        assertThatThrownBy(() -> parse("--brokr")).hasMessageContaining("'--brokr'");
        assertThatThrownBy(() -> parse("--broker", "pigeon")).hasMessageContaining("'pigeon'");
        assertThatThrownBy(() -> parse("--seed", "x")).hasMessageContaining("'x'");
        assertThatThrownBy(() -> parse("--seed")).hasMessageContaining("--seed needs a value");
        assertThatThrownBy(() -> parse("--orders", "0")).hasMessageContaining("--orders");
        assertThatThrownBy(() -> parse("--faults", "kill-cat"))
                .hasMessageContaining("'kill-cat'")
                .hasMessageContaining("kill-broker");
        assertThatThrownBy(() -> parse("--broken", "the-bank"))
                .hasMessageContaining("'the-bank'")
                .hasMessageContaining("no-inbox");
    }

    @Test
    void help_lists_every_fault_and_breakage() {
        assertThat(parse("--help").help()).isTrue();
        assertThat(ChaosArguments.USAGE).contains(Fault.all()).contains("no-inbox");
    }

    private static Scenario scenario(Broker broker, long seed, int orders, List<Fault> faults, String breakage) {
        Path folder = FOLDER.resolve(broker + "-" + seed).toAbsolutePath();
        return new Scenario(broker, seed, orders, faults, breakage, Path.of(""), folder);
    }

    private static ChaosArguments parse(String... arguments) {
        return ChaosArguments.parse(RANDOM_SEED, FOLDER, arguments);
    }
}
