package io.orderflow.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {

    private final StubService service = new StubService();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void parked_rows_are_listed_with_their_service_and_id() {
        service.answer("/", 200, """
                {"items": [{"id": 17, "topic": "orders", "key": null, "type": "order.created.v1", "bytes": 9,
                 "reason": "It is too large.", "parkedAt": "2026-11-21T10:00:00.123Z", "released": false}],
                 "page": 0, "size": 50, "total": 1}""");

        assertThat(run("parked --service inventory")).isTrue();

        assertThat(printed.toString(UTF_8)).isEqualTo("""
                ROW           TOPIC   KEY  TYPE              BYTES  PARKED                REASON
                inventory:17  orders  -    order.created.v1  9      2026-11-21T10:00:00Z  It is too large.
                In all 1.
                """);
        assertThat(service.asked()).containsExactly("GET /outbox/parked?size=50&page=0");
    }

    @Test
    void scheduled_messages_are_listed_and_cancelled() {
        service.answer("/", 200, """
                {"items": [{"id": 18, "name": "shipping-delayed:o-1", "topic": "reminders", "key": "o-1",
                 "type": "order.shipping-delayed.v1", "bytes": 9, "due": "2026-11-21T10:00:00.123Z"}],
                 "page": 0, "size": 50, "total": 1}""");

        assertThat(run("scheduled --service order")).isTrue();
        assertThat(run("cancel order:18")).isTrue();

        assertThat(printed.toString(UTF_8)).isEqualTo("""
                ROW       TOPIC      KEY  TYPE                       DUE                   NAME
                order:18  reminders  o-1  order.shipping-delayed.v1  2026-11-21T10:00:00Z  shipping-delayed:o-1
                In all 1.
                order:18 is cancelled and never sent
                """);
        assertThat(service.asked())
                .containsExactly("GET /outbox/scheduled?size=50&page=0", "POST /outbox/scheduled/18/cancel");
    }

    @Test
    void rows_are_released_and_deleted_one_by_one() {
        service.answer("/", 200, "{}");
        assertThat(run("release inventory:17 email:4")).isTrue();
        assertThat(run("delete order:5")).isTrue();
        assertThat(service.asked())
                .containsExactly(
                        "POST /outbox/parked/17/release",
                        "POST /outbox/parked/4/release",
                        "POST /outbox/parked/5/delete");
    }

    @Test
    void a_refusal_is_printed_and_the_command_fails() {
        service.answer("/", 404, "{\"detail\": \"No row 17 is parked in the outbox.\"}");
        assertThat(run("release inventory:17")).isFalse();
        assertThat(printed.toString(UTF_8)).isEqualTo("inventory-service: No row 17 is parked in the outbox.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "list",
                "parked inventory:1",
                "scheduled inventory:1",
                "release",
                "cancel",
                "delete 17",
                "delete stock:1",
                "parked --colour"
            })
    void invalid_arguments_are_rejected(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(StackException.class);
    }

    private boolean run(String line) {
        return new Outbox(parse(line), service::port, new PrintStream(printed, true, UTF_8)).run();
    }

    private static CommandLine parse(String line) {
        return Outbox.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
