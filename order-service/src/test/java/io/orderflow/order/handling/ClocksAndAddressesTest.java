package io.orderflow.order.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.JsonNode;

/** Whose clock may be wrong, and whose data may be where. */
class ClocksAndAddressesTest extends NeighboursOfOrders {

    /** Only email-service reads the contacts. */
    @Test
    void theAddressTravelsAloneAndIsNotKept() {
        String id = place("standard");

        Message<String, byte[]> contact = read(Topics.CONTACTS, "email", id, 1).get(0);
        assertThat(contact.header(Headers.TYPE)).isEqualTo(OrderContactProvided.TYPE);
        assertThat(text(contact)).contains("ada@example.org");
        reserved(id, eventId);
        awaitStatus(id, "CONFIRMED");
        assertThat(told(id, 2)).allSatisfy(message -> assertThat(text(message)).doesNotContain("example.org", "email"));
        assertThat(rows("orders o where o::text like '%example.org%'")).isZero();
        assertThat(rows("answered_request a where a::text like '%example.org%'"))
                .isZero();
    }

    private static String text(Message<String, byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
    }

    /** As if another instance, whose clock is two minutes ahead, had placed it. */
    @Test
    void anOrderFromTheFutureIsConfirmedAllTheSame() {
        String id = place("standard");
        jdbc.sql(
                        "update orders set placed_at = placed_at + interval '2 min', changed_at = changed_at + interval '2 min'"
                                + " where id = ?")
                .param(UUID.fromString(id))
                .update();
        reserved(id, eventId);
        awaitStatus(id, "CONFIRMED");

        JsonNode order = api.get("/orders/" + id).json();
        assertThat(order.get("changedAt")).isEqualTo(order.get("placedAt"));
        assertThat(timeline(id).at("/1/at")).isEqualTo(order.get("placedAt"));
    }

    @Test
    void whatTheDatabaseRefusesIsReportedWithoutTheRow() {
        String id = place("standard");
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("update orders set changed_at = placed_at - interval '1 s' where id = ?")
                        .param(UUID.fromString(id))
                        .update())
                .withMessageContaining("check constraint")
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain("example.org", "ada", id));
    }
}
