package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class StructuredLoggingTest {

    private static final Logger log = LoggerFactory.getLogger(StructuredLoggingTest.class);

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void each_line_is_a_json_object_and_names_the_handled_message(String format, CapturedOutput output)
            throws Exception {
        start("--logging.structured.format.console=" + format);
        int before = output.getOut().length(); // threads of other tests may have logged in the other format

        MessageHandler handler = new MessageLoggingContext().around(delivery -> {
            log.info("handled\nin two lines");
            return HandlerResult.HANDLED;
        });
        handler.handle(new Delivery<>(
                "orders",
                new Message<>("order-1", new byte[0], Map.of(Headers.ID, "event-1"), Instant.EPOCH),
                "orders-0@1"));
        log.info("no message is handled");

        List<JsonNode> lines = output.getOut()
                .substring(before)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(lines)
                .filteredOn(line -> line.get("message").asString().equals("handled\nin two lines"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("messageTopic").asString()).isEqualTo("orders");
                    assertThat(line.get("messageId").asString()).isEqualTo("event-1");
                    assertThat(line.get("messageKey").asString()).isEqualTo("order-1");
                });
        assertThat(lines)
                .last()
                .satisfies(line -> assertThat(line.has("messageId")).isFalse());
    }

    /** An application configures the log only if no other one of this JVM has; the end of one allows the next to do so. */
    @BeforeEach
    @AfterEach
    void restoreTheDefaultFormat() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        start();
    }

    private static void start(String... arguments) {
        SpringApplication application = new SpringApplication(StructuredLoggingTest.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.run(arguments).close();
    }
}
