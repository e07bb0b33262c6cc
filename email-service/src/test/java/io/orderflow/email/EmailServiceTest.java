package io.orderflow.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShippingDelayed;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.codec.JsonCodec;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailServiceTest extends RunningEmailService {

    @Autowired
    JavaMailSenderImpl sender;

    @Test
    void a_shipped_order_has_a_confirmation_and_a_dispatch_note() throws Exception {
        create();
        confirm();
        dispatch();

        await().untilAsserted(() -> assertThat(subjects())
                .containsExactlyInAnyOrder(
                        "Your order " + order + " is confirmed", "Your order " + order + " is on its way"));
        assertThat(SMTP.getReceivedMessages())
                .allSatisfy(mail -> assertThat(mail.getAllRecipients()[0]).hasToString("ada@example.org"));
    }

    @Test
    void an_order_that_waits_for_shipping_has_a_delay_notice() {
        create();
        probe.send(
                Topics.REMINDERS,
                OrderShippingDelayed.TYPE,
                order,
                new OrderShippingDelayed(order, "ada", Instant.now()));

        await().untilAsserted(() -> assertThat(subjects()).containsExactly("Your order " + order + " takes longer"));
    }

    /** In the format of earlier versions, which may still be in a backlog. */
    @Test
    void an_older_creation_brings_the_address() {
        probe.send(
                Topics.ORDERS, order, Map.of(Headers.TYPE, OrderCreated.TYPE, Headers.ID, order), """
                {"orderId": "%s", "customerId": "ada", "email": "grace@example.org", "priority": "standard",
                 "items": [], "total": 1, "createdAt": "2026-11-21T08:00:00Z"}""".formatted(order)
                        .getBytes(StandardCharsets.UTF_8));
        confirm();

        await().untilAsserted(() -> assertThat(SMTP.getReceivedMessages())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getAllRecipients()[0]).hasToString("grace@example.org")));
    }

    @Test
    void plain_json_with_a_routing_key_brings_the_address() {
        probe.send(Topics.ORDERS, null, Map.of(Headers.ROUTING_KEY, "order.created.standard"), """
                {"orderId": "%s", "customerId": "linus", "email": "linus@example.org", "priority": "standard",
                "items": [], "note": "unknown to us"}""".formatted(order)
                .getBytes(StandardCharsets.UTF_8));
        confirm();

        await().untilAsserted(() -> assertThat(SMTP.getReceivedMessages())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getAllRecipients()[0]).hasToString("linus@example.org")));
    }

    @Test
    void rejections_and_cancellations_have_texts_for_customers() throws Exception {
        create();
        orders(
                OrderRejected.TYPE,
                new OrderRejected(order, "ada", "out of stock", List.of(new OrderItem("LAST-ONE", 2)), Instant.now()));
        orders(OrderCancelled.TYPE, new OrderCancelled(order, "ada", OrderCancelled.BY_CUSTOMER, Instant.now()));

        await().until(() -> SMTP.getReceivedMessages().length == 2);
        assertThat(SMTP.getReceivedMessages())
                .extracting(MimeMessage::getContent)
                .anySatisfy(text -> assertThat((String) text).contains("2 x LAST-ONE"))
                .anySatisfy(text -> assertThat((String) text).contains("as you wished"));
    }

    @Test
    void duplicate_events_are_one_email() {
        create();
        confirm();
        confirm();
        confirm();
        orders(OrderCancelled.TYPE, new OrderCancelled(order, "ada", "asked", Instant.now()));

        await().until(() -> subjects().contains("Your order " + order + " is cancelled"));
        assertThat(subjects()).hasSize(2);
    }

    @Test
    void no_confirmation_follows_a_cancellation() {
        create();
        numbered(
                OrderCancelled.TYPE, 3, OrderCancelled.class, new OrderCancelled(order, "ada", "asked", Instant.now()));
        await().until(() -> mail("cancellation").path("status").asString("").equals("SENT"));
        numbered(OrderConfirmed.TYPE, 2, OrderConfirmed.class, confirmed());
        numbered(
                OrderRejected.TYPE,
                4,
                OrderRejected.class,
                new OrderRejected(order, "ada", "asked", null, Instant.now()));
        await().until(() -> mail("rejection").path("status").asString("").equals("SENT"));

        assertThat(subjects()).doesNotContain("Your order " + order + " is confirmed");
    }

    @Test
    void an_invalid_address_is_dead_lettered() {
        String id = contact("ada@example.org\r\nBcc: victim@example.org");

        assertThat(probe.awaitMessage("contacts.email.dlq", message -> id.equals(message.header(Headers.ID)))
                        .header(Headers.DEAD_LETTER_CAUSE))
                .doesNotContain("@example.org");
    }

    @Test
    void every_smtp_operation_has_a_time_out() {
        assertThat(sender.getJavaMailProperties())
                .containsKeys("mail.smtp.connectiontimeout", "mail.smtp.timeout", "mail.smtp.writetimeout");
    }

    /** Sends the event with its sequence number among the events of its order. */
    private <E extends Record> void numbered(String type, int number, Class<E> eventClass, E event) {
        Map<String, String> headers = Map.of(
                Headers.ID,
                UUID.randomUUID().toString(),
                Headers.TYPE,
                type,
                Headers.SOURCE,
                "/order-service",
                Headers.SEQUENCE,
                Integer.toString(number));
        probe.send(Topics.ORDERS, order, headers, JsonCodec.of(eventClass).encode(event));
    }
}
