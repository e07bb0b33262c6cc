package io.orderflow.messaging.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitMapping.Outgoing;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitMappingTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-21T04:00:00Z");
    private static final int FRAME_MAX = 131_072;

    @Test
    void attributesTravelAsTheCloudEventsBindingHasThem() {
        Outgoing outgoing = outgoing(with(
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
    void aRoutingKeyComesBackAsItWasSent(String routingKey) {
        assertRoundTrip(with(Map.of(Headers.ROUTING_KEY, routingKey)));
        assertRoundTrip(with(Map.of(Headers.ROUTING_KEY, routingKey.repeat(20), Headers.ID, routingKey.repeat(20))));
    }

    @Test
    void nullIsNotEmpty() {
        assertRoundTrip(new Message<>(null, null, Map.of(), ARRIVAL));
        assertRoundTrip(new Message<>("", new byte[0], Map.of(Headers.CONTENT_TYPE, ""), ARRIVAL));
    }

    @Test
    void aForeignMessageHasWhatThereIs() {
        BasicProperties properties = new BasicProperties.Builder()
                .headers(Map.of("cloudEvents_type", "order.created.v1", "tries", 3, "x-request-id", "r"))
                .messageId("m-1")
                .build();

        Message<String, byte[]> message = RabbitMapping.incoming("", properties, new byte[0], ARRIVAL);

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
    void aForeignMessageHasTheTimeThatAmqpOrThePluginGivesIt() {
        BasicProperties seconds = new BasicProperties.Builder()
                .timestamp(Date.from(Instant.ofEpochSecond(7)))
                .build();
        BasicProperties millis = seconds.builder()
                .headers(Map.of(RabbitMapping.BROKER_TIMESTAMP, 7_123L))
                .build();

        assertThat(RabbitMapping.incoming("", seconds, new byte[0], ARRIVAL).headers())
                .isEmpty();
        assertThat(RabbitMapping.incoming("", seconds, new byte[0], ARRIVAL).timestamp())
                .isEqualTo(Instant.ofEpochMilli(7_000));
        assertThat(RabbitMapping.incoming("", millis, new byte[0], ARRIVAL).timestamp())
                .isEqualTo(Instant.ofEpochMilli(7_123));
    }

    @Test
    void whatTheBrokerDeadLetteredSaysWhereItComesFromAndWhy() {
        BasicProperties properties = new BasicProperties.Builder()
                .headers(Map.of(
                        "x-first-death-exchange", "orders",
                        "x-first-death-queue", "orders.inventory",
                        "x-first-death-reason", "delivery_limit",
                        "x-delivery-count", 21L))
                .build();

        Map<String, String> headers =
                RabbitMapping.incoming("", properties, new byte[0], ARRIVAL).headers();

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
    void whatAmqpCannotCarryIsRejected() {
        assertThatThrownBy(() -> outgoing(with(Map.of("n".repeat(256), ""))))
                .isInstanceOf(MessageRejectedException.class);
        assertThatThrownBy(() ->
                        outgoing(new Message<>("k", new byte[RabbitMapping.MAX_MESSAGE_BYTES + 1], Map.of(), ARRIVAL)))
                .isInstanceOf(MessageRejectedException.class);
    }

    @Test
    void headersAreMeasuredInBytesAndNotInCharacters() {
        Outgoing fits = outgoing(with(Map.of("h", "x".repeat(100_000))));
        Outgoing tooLarge = outgoing(with(Map.of("h", "订".repeat(50_000))));

        assertThatCode(() -> fits.requireHeadersWithin(FRAME_MAX)).doesNotThrowAnyException();
        assertThatThrownBy(() -> tooLarge.requireHeadersWithin(FRAME_MAX)).isInstanceOf(MessageRejectedException.class);
    }

    private static Outgoing outgoing(Message<String, byte[]> message) {
        return RabbitMapping.outgoing(message, Topic.named("orders"));
    }

    private static Message<String, byte[]> with(Map<String, String> headers) {
        return new Message<>("key", "value".getBytes(UTF_8), headers, ARRIVAL.plusMillis(7));
    }

    private static void assertRoundTrip(Message<String, byte[]> sent) {
        Outgoing outgoing = outgoing(sent);
        Message<String, byte[]> received =
                RabbitMapping.incoming(outgoing.routingKey(), outgoing.properties(), outgoing.body(), ARRIVAL);
        assertThat(received).usingRecursiveComparison().isEqualTo(sent);
    }
}
