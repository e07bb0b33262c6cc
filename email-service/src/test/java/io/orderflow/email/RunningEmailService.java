package io.orderflow.email;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.Topics;
import io.orderflow.messaging.testkit.service.RunningService;
import io.orderflow.servers.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The whole service with an SMTP server. */
abstract class RunningEmailService extends RunningService {

    /** On a fixed port, so that a test can stop and start it. */
    static final GreenMail SMTP = new GreenMail(new ServerSetup(Ports.free(), "localhost", ServerSetup.PROTOCOL_SMTP));

    static {
        SMTP.start();
    }

    @Autowired
    JdbcClient jdbc;

    final String order = UUID.randomUUID().toString();

    RunningEmailService() {
        super("contacts.email.dlq", "orders.email.dlq", "shipping.email.dlq");
    }

    @DynamicPropertySource
    static void smtp(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.port", () -> SMTP.getSmtp().getPort());
    }

    @BeforeEach
    void emptyMailbox() throws Exception {
        SMTP.purgeEmailFromAllMailboxes();
    }

    void create() {
        contact("ada@example.org");
        await().until(() -> jdbc.sql("select count(*) from contact where order_id = ?")
                        .param(order)
                        .query(Long.class)
                        .single()
                == 1);
        orders(OrderCreated.TYPE, new OrderCreated(order, "ada", "standard", List.of(), BigDecimal.TEN, Instant.now()));
    }

    String contact(String address) {
        return probe.send(
                Topics.CONTACTS,
                OrderContactProvided.TYPE,
                order,
                new OrderContactProvided(order, address, Instant.now(), null));
    }

    void confirm() {
        orders(OrderConfirmed.TYPE, confirmed());
    }

    OrderConfirmed confirmed() {
        return new OrderConfirmed(
                order, "ada", "standard", List.of(new OrderItem("MUG-KAFKA", 1)), BigDecimal.TEN, "EUR", Instant.now());
    }

    String orders(String type, Record event) {
        return probe.send(Topics.ORDERS, type, order, event);
    }

    void dispatch() {
        dispatch(order);
    }

    void dispatch(String id) {
        probe.send(
                Topics.SHIPPING,
                ShipmentDispatched.TYPE,
                id,
                new ShipmentDispatched("shipment", id, "Parcel", "T-1", Instant.now()));
    }

    JsonNode mail(String kind) {
        for (JsonNode mail : get("/emails?orderId=" + order).json().get("items")) {
            if (mail.get("kind").stringValue().equals(kind)) {
                return mail;
            }
        }
        return MissingNode.getInstance();
    }

    static List<String> subjects() {
        return Arrays.stream(SMTP.getReceivedMessages())
                .map(RunningEmailService::subject)
                .toList();
    }

    static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
