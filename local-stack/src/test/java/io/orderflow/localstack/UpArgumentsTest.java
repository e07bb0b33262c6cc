package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpArgumentsTest {

    @Test
    void without_options_it_is_kafka_at_the_usual_ports_with_new_data() {
        assertThat(UpArguments.parse()).isEqualTo(new UpArguments(Broker.KAFKA, 0, false));
    }

    @Test
    void options_come_in_any_order() {
        assertThat(UpArguments.parse("--keep-data", "--port-offset", "1000", "--broker", "redis"))
                .isEqualTo(new UpArguments(Broker.REDIS, 1_000, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --broker kafak      | there is no broker 'kafak', but kafka, rabbitmq, redis
                    --broker            | --broker needs a value.
                    --port-offset x     | --port-offset needs a number, not 'x'.
                    --port-offset 1e3   | --port-offset needs a number, not '1e3'.
                    --port-offset       | --port-offset needs a value.
                    --keepdata          | '--keepdata' is no option of up
                    redis               | 'redis' is no option of up
                    """)
    void what_cannot_be_understood_is_refused_with_a_sentence(String line, String sentence) {
        assertThatThrownBy(() -> UpArguments.parse(line.split(" ")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(sentence);
    }
}
