package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.servers.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpTest {

    private static final Path FOLDER = Path.of("unused");
    private final int port = Ports.free();

    @Test
    void the_defaults_are_kafka_the_default_ports_and_no_old_data() {
        StackOptions options = new Up().options(FOLDER);
        assertThat(options.broker()).isEqualTo(Broker.KAFKA);
        assertThat(options.workQueues()).isEqualTo(Broker.KAFKA);
        assertThat(options.keepData()).isFalse();
        assertThat(options.ports().port("SOME_PORT", port)).isEqualTo(port);
    }

    @Test
    void options_come_in_any_order() {
        StackOptions options = new Up(
                        "--keep-data", "--port-offset", "1", "--broker", "redis", "--work-queues", "rabbitmq")
                .options(FOLDER);
        assertThat(options.broker()).isEqualTo(Broker.REDIS);
        assertThat(options.workQueues()).isEqualTo(Broker.RABBITMQ);
        assertThat(options.keepData()).isTrue();
        assertThat(options.ports().port("SOME_PORT", port - 1)).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --broker kafak      | There is no broker 'kafak'; there are kafka, rabbitmq, redis, sqs
                    --work-queues jms   | There is no broker 'jms'; there are kafka, rabbitmq, redis, sqs
                    --drain-from kafka  | --drain-from needs --keep-data
                    --broker            | --broker needs a value.
                    --port-offset x     | --port-offset needs a number, not 'x'.
                    --port-offset 1e3   | --port-offset needs a number, not '1e3'.
                    --port-offset       | --port-offset needs a value.
                    --keepdata          | There is no option '--keepdata'.
                    redis               | 'redis' is not expected here.
                    """)
    void invalid_arguments_are_rejected(String line, String sentence) {
        assertThatThrownBy(() -> new Up(line.split(" ")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(sentence);
    }
}
