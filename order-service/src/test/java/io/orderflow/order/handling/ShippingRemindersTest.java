package io.orderflow.order.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orderflow.events.OrderShippingDelayed;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.events.ScheduledEvent;
import io.orderflow.messaging.events.ScheduledEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ShippingRemindersTest extends OrderEventsFixture {

    @Autowired
    ScheduledEvents scheduled;

    @Test
    void a_reminder_is_scheduled_when_an_order_is_confirmed_and_cancelled_when_it_ships() {
        String id = confirmed();

        ScheduledEvent reminder = reminder(id).orElseThrow();
        assertThat(reminder.type()).isEqualTo(OrderShippingDelayed.TYPE);
        assertThat(reminder.due()).isCloseTo(Instant.now().plus(24, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));

        dispatched(id);
        awaitStatus(id, "SHIPPED");
        assertThat(reminder(id)).isEmpty();
    }

    @Test
    void a_cancelled_order_has_no_reminder() {
        String id = confirmed();

        api.cancel(id);

        assertThat(reminder(id)).isEmpty();
    }

    @Test
    void an_order_that_is_not_shipped_in_time_has_its_reminder_published() {
        String id = confirmed();

        jdbc.sql("update messaging_outbox set not_before = now() where schedule_name = ?")
                .param("shipping-reminder:" + id)
                .update();

        Message<String, byte[]> published =
                read(Topics.REMINDERS, "email", id, 1).get(0);
        assertThat(published.header(Headers.TYPE)).isEqualTo(OrderShippingDelayed.TYPE);
        assertThat(new String(published.value(), StandardCharsets.UTF_8)).contains("\"orderId\":\"" + id + "\"");
    }

    private Optional<ScheduledEvent> reminder(String orderId) {
        return scheduled.list(1_000).stream()
                .filter(each -> orderId.equals(each.key()))
                .findFirst();
    }
}
