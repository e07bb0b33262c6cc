package io.orderflow.messaging.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitMappingTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-21T04:00:00Z");
    private static final int FRAME_MAX = 131_072;

    @Test
    void attributes_are_encoded_as_in_the_CloudEvents_binding() {
        OutgoingMessage outgoing = outgoing(with(
                Map.of(Headers.ID, "1", Headers.TYPE, "order.created.v1", Headers.CONTENT_TYPE, "application/json")));

        assertThat(outgoing.properties().getHeaders())
                .containsEntry("cloudEvents:id", "1")
                .containsEntry("cloudEvents:type", "order.created.v1")
                .doesNotContainKey(Headers.CONTENT_TYPE);
        assertThat(outgoing.properties().getMessageId()).isEqualTo("1");
        assertThat(outgoing.properties().getContentType()).isEqualTo("application/json");
        assertThat(outgoing.properties().getDeliveryMode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order.created.express", "küche", "seventy times seven"})
    void a_routing_key_is_delivered_as_it_was_sent(String routingKey) {
        assertRoundTrip(with(Map.of(Headers.ROUTING_KEY, routingKey)));
        assertRoundTrip(with(Map.of(Headers.ROUTING_KEY, routingKey.repeat(20), Headers.ID, routingKey.repeat(20))));
    }

    @Test
    void null_is_not_empty() {
        assertRoundTrip(new Message<>(null, null, Map.of(), ARRIVAL));
        assertRoundTrip(new Message<>("", new byte[0], Map.of(Headers.CONTENT_TYPE, ""), ARRIVAL));
    }

    @Test
    void a_foreign_message_is_decoded_from_what_it_has() {
        BasicProperties properties = new BasicProperties.Builder()
                .headers(Map.of("cloudEvents_type", "order.created.v1", "tries", 3, "x-request-id", "r"))
                .messageId("m-1")
                .build();

        Message<String, byte[]> message = incoming("", properties, new byte[0]);

        assertThat(message.headers())
                .isEqualTo(Map.of(
                        Headers.TYPE,
                        "order.created.v1",
                        "tries",
                        "3",
                        "x-request-id",
                        "r",
                        Headers.ID,
                        "m-1",
                        Headers.TIMED_ON_ARRIVAL,
                        "true"));
        assertThat(message.key()).isNull();
        assertThat(message.value()).isEmpty();
        assertThat(message.timestamp()).isEqualTo(ARRIVAL);
    }

    @Test
    void the_timestamp_of_a_foreign_message_is_that_of_the_plugin_or_of_AMQP() {
        BasicProperties seconds = new BasicProperties.Builder()
                .timestamp(Date.from(Instant.ofEpochSecond(7)))
                .build();
        BasicProperties millis = seconds.builder()
                .headers(Map.of(RabbitHeaders.BROKER_TIMESTAMP, 7_123L))
                .build();

        assertThat(incoming("", seconds, new byte[0]).headers()).isEmpty();
        assertThat(incoming("", seconds, new byte[0]).timestamp()).isEqualTo(Instant.ofEpochMilli(7_000));
        assertThat(incoming("", millis, new byte[0]).timestamp()).isEqualTo(Instant.ofEpochMilli(7_123));
    }

    @Test
    void a_message_dead_lettered_by_the_broker_names_its_origin_and_reason() {
        BasicProperties properties = new BasicProperties.Builder()
                .headers(Map.of(
                        "x-first-death-exchange", "orders",
                        "x-first-death-queue", "orders.inventory",
                        "x-first-death-reason", "delivery_limit",
                        "x-delivery-count", 21L))
                .build();

        Map<String, String> headers = incoming("", properties, new byte[0]).headers();

        assertThat(headers)
                .containsOnlyKeys(
                        Headers.DEAD_LETTER_REASON,
                        Headers.ORIGIN_TOPIC,
                        Headers.ORIGIN_GROUP,
                        Headers.TIMED_ON_ARRIVAL)
                .containsEntry(Headers.ORIGIN_TOPIC, "orders")
                .containsEntry(Headers.ORIGIN_GROUP, "inventory");
        assertThat(headers.get(Headers.DEAD_LETTER_REASON)).contains("delivery_limit");
    }

    @Test
    void a_message_that_AMQP_cannot_carry_is_rejected() {
        assertThatThrownBy(() -> outgoing(with(Map.of("n".repeat(256), ""))))
                .isInstanceOf(MessageRejectedException.class);
        assertThatThrownBy(() -> outgoing(
                        new Message<>("k", new byte[RabbitBroker.LIMITS.messageBytes() + 1], Map.of(), ARRIVAL)))
                .isInstanceOf(MessageRejectedException.class);
    }

    @Test
    void headers_that_exceed_a_frame_once_they_are_encoded_are_rejected() {
        OutgoingMessage fits = outgoing(with(Map.of("h", "x".repeat(100_000))));
        OutgoingMessage tooLarge = outgoing(
                with(IntStream.range(10_000, 20_000).boxed().collect(Collectors.toMap(i -> "h" + i, i -> "value"))));

        assertThatCode(() -> fits.requireHeadersWithin(FRAME_MAX)).doesNotThrowAnyException();
        assertThatThrownBy(() -> tooLarge.requireHeadersWithin(FRAME_MAX)).isInstanceOf(MessageRejectedException.class);
        assertThatThrownBy(() -> outgoing(with(Map.of("h", "订".repeat(50_000)))))
                .isInstanceOf(MessageRejectedException.class);
    }

    private static Message<String, byte[]> incoming(String routingKey, BasicProperties properties, byte[] body) {
        Envelope envelope = new Envelope(1, false, "orders", routingKey);
        return new FetchedMessage(new Delivery(envelope, properties, body), 0).decode(ARRIVAL);
    }

    private static OutgoingMessage outgoing(Message<String, byte[]> message) {
        return OutgoingMessage.of(message, Topic.named("orders"));
    }

    private static Message<String, byte[]> with(Map<String, String> headers) {
        return new Message<>("key", "value".getBytes(UTF_8), headers, ARRIVAL.plusMillis(7));
    }

    private static void assertRoundTrip(Message<String, byte[]> sent) {
        OutgoingMessage outgoing = outgoing(sent);
        Message<String, byte[]> received = incoming(outgoing.routingKey(), outgoing.properties(), outgoing.body());
        assertThat(received).usingRecursiveComparison().isEqualTo(sent);
    }
}
