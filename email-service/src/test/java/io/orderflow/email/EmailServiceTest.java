package io.orderflow.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.codec.JsonCodec;
import io.orderflow.servers.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

class EmailServiceTest extends RunningEmailService {

    /** On a port that stays the same when it is stopped and started again. */
    private static final GreenMail SMTP =
            new GreenMail(new ServerSetup(Ports.free(), "localhost", ServerSetup.PROTOCOL_SMTP));

    @Autowired
    MeterRegistry meters;

    @Autowired
    JavaMailSenderImpl sender;

    @Autowired
    JdbcClient jdbc;

    private final String order = UUID.randomUUID().toString();

    @BeforeAll
    static void startSmtp() {
        SMTP.start();
    }

    @AfterAll
    static void stopSmtp() {
        SMTP.stop();
    }

    @DynamicPropertySource
    static void smtp(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.port", () -> SMTP.getSmtp().getPort());
    }

    @BeforeEach
    void emptyMailbox() throws Exception {
        SMTP.purgeEmailFromAllMailboxes();
    }

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

    /** As order-service told it before, and as events may still wait somewhere. */
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
    void a_dispatch_note_before_the_address_is_sent_later() {
        double before = retried();
        dispatch();
        await().until(() -> retried() > before);
        create();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> subjects().contains("Your order " + order + " is on its way"));
    }

    @Test
    void leases_of_a_killed_instance_delay_no_other_email_and_expire() {
        double before = retried();
        List<String> claimed = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(5)
                .peek(this::leaseElsewhere)
                .toList();
        claimed.forEach(this::dispatch);
        await("each has failed by itself, and none waits for the others")
                .until(() -> retried() >= before + claimed.size());

        create();
        dispatch();
        await().until(() -> subjects().contains("Your order " + order + " is on its way"));

        jdbc.sql("update mail set claimed_until = now() where status = 'PENDING'")
                .update();
        await().atMost(Duration.ofSeconds(30)).until(() -> subjects().size() == 1 + claimed.size());
    }

    private void leaseElsewhere(String id) {
        jdbc.sql("insert into contact (order_id, email) values (?, 'ada@example.org')")
                .param(id)
                .update();
        jdbc.sql("""
                        insert into mail (order_id, kind, status, subject, message_id, attempts, claimed_until)
                        values (?, 'DISPATCH_NOTE', 'PENDING', '', ?, 1, now() + interval '1 hour')""").params(id, id).update();
    }

    @Test
    void emails_wait_while_the_mail_server_is_unavailable() {
        create();
        SMTP.stop();
        try {
            confirm();
            await().until(() -> mail("confirmation").path("attempts").asInt(0) > 0);
            assertThat(mail("confirmation").get("status").stringValue()).isEqualTo("PENDING");
        } finally {
            SMTP.start();
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> mail("confirmation").get("status").stringValue().equals("SENT"));
    }

    @Test
    void an_invalid_address_is_dead_lettered() {
        String id = contact("ada@example.org\r\nBcc: victim@example.org");

        assertThat(probe.awaitMessage("contacts.email.dlq", message -> id.equals(message.header(Headers.ID)))
                        .header(Headers.DEAD_LETTER_CAUSE))
                .doesNotContain("@example.org");
    }

    @Test
    void emails_are_listed_without_the_full_address() {
        create();
        confirm();
        await().until(() -> mail("confirmation").path("status").asString("").equals("SENT"));

        JsonNode mail = mail("confirmation");
        assertThat(mail.get("to").stringValue()).isEqualTo("a***@example.org");
        assertThat(mail.get("messageId").stringValue()).isEqualTo("<" + order + ".confirmation@orderflow.example>");
        assertThat(mail.get("sentAt").stringValue()).isNotBlank();
        assertThat(get("/emails?orderId=%00").status()).isEqualTo(400);
        assertThat(get("/emails?page=-1").json().at("/errors/0/field").stringValue())
                .isEqualTo("page");
    }

    @Test
    void every_smtp_operation_has_a_time_out() {
        assertThat(sender.getJavaMailProperties())
                .containsKeys("mail.smtp.connectiontimeout", "mail.smtp.timeout", "mail.smtp.writetimeout");
    }

    private double retried() {
        return meters.get("messaging.retried").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void create() {
        contact("ada@example.org");
        await().until(() -> jdbc.sql("select count(*) from contact where order_id = ?")
                        .param(order)
                        .query(Long.class)
                        .single()
                == 1);
        orders(OrderCreated.TYPE, new OrderCreated(order, "ada", "standard", List.of(), BigDecimal.TEN, Instant.now()));
    }

    private String contact(String address) {
        return probe.send(
                Topics.CONTACTS,
                OrderContactProvided.TYPE,
                order,
                new OrderContactProvided(order, address, Instant.now()));
    }

    private void confirm() {
        orders(OrderConfirmed.TYPE, confirmed());
    }

    private OrderConfirmed confirmed() {
        return new OrderConfirmed(
                order, "ada", "standard", List.of(new OrderItem("MUG-KAFKA", 1)), BigDecimal.TEN, "EUR", Instant.now());
    }

    /** With its number among the events of its order. */
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

    private String orders(String type, Record event) {
        return probe.send(Topics.ORDERS, type, order, event);
    }

    private void dispatch() {
        dispatch(order);
    }

    private void dispatch(String id) {
        probe.send(
                Topics.SHIPPING,
                ShipmentDispatched.TYPE,
                id,
                new ShipmentDispatched("shipment", id, "Parcel", "T-1", Instant.now()));
    }

    private JsonNode mail(String kind) {
        for (JsonNode mail : get("/emails?orderId=" + order).json().get("items")) {
            if (mail.get("kind").stringValue().equals(kind)) {
                return mail;
            }
        }
        return MissingNode.getInstance();
    }

    private static List<String> subjects() {
        return Arrays.stream(SMTP.getReceivedMessages())
                .map(EmailServiceTest::subject)
                .toList();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
