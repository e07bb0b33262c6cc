package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only some messages fail, and the others are handled. */
class PoisonMessagesTest extends FailingHandlerFixture {

    @ParameterizedTest
    @CsvSource({"MESSAGE", "NO_DATABASE"})
    void a_key_that_always_fails_is_poison_and_delays_no_other(String unit) {
        start(unit, 1);
        send(1, "bad");
        send(10, "order");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(1));
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(10));
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0} messages, {1}")
    @CsvSource({
        "undecodable, MESSAGE, 300",
        "undecodable, POLL, 300",
        "undecodable, NO_DATABASE, 1000",
        "bad, MESSAGE, 300",
        "bad, POLL, 300"
    })
    void exactly_the_poison_messages_are_dead_lettered_where_every_tenth_is_one(String kind, String unit, int number) {
        start(unit, 1, "--test.time=runs");
        List<Message<String, byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            messages.add(message(i % 10 == 0 ? kind : "order", i));
        }
        context.getBean(MessageBroker.class).producer().sendBatch(Topic.named("orders"), messages);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(count("messaging.dead.lettered")).isEqualTo(number / 10));
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(number - number / 10));
        assertThat(application.handled).hasSize(number - number / 10).allMatch(each -> each.startsWith("order"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void a_burst_of_undecodable_messages_is_no_outage() {
        start("MESSAGE", 1);
        send(200, "undecodable");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(200));
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE", "POLL", "NO_DATABASE"})
    void an_error_in_a_handler_ends_the_retries_of_its_message_and_not_the_consumer(String unit) {
        start(unit, 1);
        application.error.set(new StackOverflowError("in a handler"));
        send(1, "error");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(1));
        application.error.set(new NoClassDefFoundError("io/orderflow/Gone"));
        send(1, "error");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(2));
        application.error.set(new OutOfMemoryError("in a handler"));
        send(1, "error");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(3));
        send(5, "order");
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(5));
    }

    @Test
    void a_message_that_waits_for_its_retry_delays_no_other() {
        start(
                "MESSAGE",
                1,
                "--messaging.subscriptions.orders.stock.retry.first-pause=10h",
                "--messaging.subscriptions.orders.stock.retry.longest-pause=10h");
        application.failure.set("UNKNOWN");
        application.failOnly.add("order-0");
        send(20, "order");
        await().untilAsserted(() -> assertThat(application.handled).hasSize(19));
        assertThat(count("messaging.retried")).isEqualTo(1);
    }
}
