package io.orderflow.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.localstack.Broker;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosArgumentsTest {

    private static final long DRAWN = 42;

    @Test
    void without_options_it_is_kafka_with_all_faults_and_a_drawn_seed() {
        assertThat(parse())
                .isEqualTo(new ChaosArguments(
                        List.of(Broker.KAFKA),
                        List.of(DRAWN),
                        ChaosArguments.DEFAULT_ORDERS,
                        Scenario.allFaults(),
                        Build.SOUND,
                        false,
                        false));
    }

    @Test
    void the_command_that_is_told_does_the_same_again() {
        for (List<Fault> faults : List.of(List.<Fault>of(), List.of(Fault.KILL_BROKER), Scenario.allFaults())) {
            for (Build build : List.of(Build.SOUND, Build.broken("no-inbox"))) {
                Scenario scenario = new Scenario(Broker.REDIS, 5, 70, faults, build, Path.of(""), Path.of("folder"));

                String[] words =
                        scenario.command().replace("./orderflow chaos ", "").split(" ");

                assertThat(parse(words))
                        .isEqualTo(new ChaosArguments(
                                List.of(Broker.REDIS), List.of(5L), 70, faults, build, false, false));
            }
        }
    }

    @Test
    void the_matrix_is_all_brokers_with_a_few_seeds() {
        assertThat(parse("--matrix").brokers()).containsExactly(Broker.values());
        assertThat(parse("--matrix").seeds()).isEqualTo(ChaosArguments.MATRIX_SEEDS);
        assertThat(parse("--broker", "all").brokers()).containsExactly(Broker.values());
    }

    @Test
    void nonsense_is_named() {
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
    void logs_and_data_of_a_run_in_which_all_held_are_kept_for_the_asking() {
        assertThat(parse("--keep").keep()).isTrue();
        assertThat(parse().keep()).isFalse();
    }

    @Test
    void help_names_every_fault_and_every_way_to_be_broken() {
        assertThat(parse("--help").help()).isTrue();
        assertThat(ChaosArguments.USAGE).contains(Fault.all()).contains(Build.names());
    }

    private static ChaosArguments parse(String... arguments) {
        return ChaosArguments.parse(DRAWN, arguments);
    }
}
