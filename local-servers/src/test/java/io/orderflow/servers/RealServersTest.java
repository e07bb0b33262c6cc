package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class RealServersTest {

    static Stream<Named<Supplier<RealServer>>> servers() {
        return Stream.of(
                Named.of("PostgreSQL", PostgresServer::start),
                Named.of("Kafka", KafkaServer::start),
                Named.of("RabbitMQ", RabbitServer::start),
                Named.of("Redis", RedisServer::start),
                Named.of("SQS", SqsServer::start));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_server_is_down_after_a_crash_and_restarts_at_the_same_address(Supplier<RealServer> start) {
        try (RealServer server = start.get()) {
            var address = server.environment();
            assertThatCode(server::probe).doesNotThrowAnyException();

            server.crash();
            assertThatThrownBy(server::probe).isNotNull();

            server.restart();
            assertThatCode(server::probe).doesNotThrowAnyException();
            assertThat(server.environment()).isEqualTo(address);

            server.stop();
            server.restart();
            assertThatCode(server::probe).doesNotThrowAnyException();
        }
    }

    @Test
    void kafka_starts_again_in_a_folder_with_the_data_of_another_server(@TempDir Path folder) {
        KafkaServer.start(folder, Ports.free()).close();
        try (KafkaServer again = KafkaServer.start(folder, Ports.free())) {
            assertThatCode(again::probe).doesNotThrowAnyException();
        }
    }
}
