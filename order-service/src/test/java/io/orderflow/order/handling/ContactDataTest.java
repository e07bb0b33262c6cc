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

class ContactDataTest extends OrderEventsFixture {

    /** Only email-service reads the contacts. */
    @Test
    void theAddressIsPublishedOnATopicOfItsOwnAndNotStored() {
        String id = place("standard");

        Message<String, byte[]> contact = read(Topics.CONTACTS, "email", id, 1).get(0);
        assertThat(contact.header(Headers.TYPE)).isEqualTo(OrderContactProvided.TYPE);
        assertThat(text(contact)).contains("ada@example.org");
        reserved(id, eventId);
        awaitStatus(id, "CONFIRMED");
        assertThat(publishedEvents(id, 2))
                .allSatisfy(message -> assertThat(text(message)).doesNotContain("example.org", "email"));
        assertThat(rows("orders o where o::text like '%example.org%'")).isZero();
        assertThat(rows("answered_request a where a::text like '%example.org%'"))
                .isZero();
    }

    private static String text(Message<String, byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aConstraintViolationIsReportedWithoutTheRow() {
        String id = place("standard");
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("update orders set changed_at = placed_at - interval '1 s' where id = ?")
                        .param(UUID.fromString(id))
                        .update())
                .withMessageContaining("check constraint")
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain("example.org", "ada", id));
    }
}
