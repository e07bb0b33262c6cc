package io.orderflow.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConservationTest {

    private static final String GROUP = """
            {"topic": "orders", "group": "email", "published": 9, "handled": 5, "deadLettered": 1, "expired": 0, "parked": 0,
             "inFlight": %d, "missing": %d, "unchecked": null}""";
    private static final String UNCHECKED = """
            {"topic": "orders", "group": "express", "published": 0, "handled": 0, "deadLettered": 0, "expired": 0, "parked": 0,
             "inFlight": 0, "missing": 0, "unchecked": "It has a filter."}""";

    private final StubService service = new StubService();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void published() {
        service.answer(
                "/conservation/published",
                200,
                "{\"items\": [{\"topic\": \"orders\", \"source\": \"/shop\", \"slots\": {\"2026-11-27T10:00:00Z\": 9}}]}");
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void a_balance_without_missing_messages_succeeds() {
        balances(GROUP.formatted(3, 0) + "," + UNCHECKED);

        assertThat(run("--service email")).isTrue();
        assertThat(printed.toString(UTF_8)).isEqualTo("""
                TOPIC   GROUP  PUBLISHED  HANDLED  DEAD-LETTERED  EXPIRED  PARKED  IN FLIGHT  MISSING
                orders  email  9          5        1              0        0       3          0
                Not compared: group express of orders. It has a filter.
                No message is missing in the groups that were compared.
                """);
    }

    @Test
    void missing_messages_are_looked_for_twice_and_fail() {
        balances(GROUP.formatted(2, 1));

        assertThat(run("--service email")).isFalse();
        assertThat(printed.toString(UTF_8)).contains("1 message(s) were published and are nowhere.");
        assertThat(service.asked())
                .filteredOn("POST /conservation/check"::equals)
                .hasSize(2);
    }

    @Test
    void a_service_that_does_not_answer_fails() {
        service.answer("/conservation/check", 503, "{\"detail\": \"The database is unavailable.\"}");

        assertThat(run("--service email")).isFalse();
        assertThat(printed.toString(UTF_8)).contains("The database is unavailable.");
    }

    @Test
    void invalid_arguments_are_rejected_with_the_usage() {
        assertThatThrownBy(() -> Conservation.parse("list"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("usage:");
    }

    private void balances(String items) {
        service.answer("/conservation/check", 200, "{\"items\": [" + items + "]}");
    }

    private boolean run(String line) {
        return new Conservation(
                        Conservation.parse(line.split(" ")), service::port, new PrintStream(printed, true, UTF_8))
                .run();
    }
}
