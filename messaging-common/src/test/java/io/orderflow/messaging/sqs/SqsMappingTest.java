package io.orderflow.messaging.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** What SNS and SQS document; the local server checks little of it. */
class SqsMappingTest {

    private static final Topic ORDERS = Topic.named("orders");
    private static final Topic RETRIES = Topic.named("orders.inventory.retry");
    private static final Instant TIME = Instant.parse("2026-11-21T04:00:00Z");

    @Test
    void other_clients_can_read_the_envelope_and_a_payload_that_is_text() {
        PublishBatchRequestEntry sent = sent(message("k", "{\"a\":1}")
                .withHeaders(Map.of(Headers.ID, "1", Headers.CONTENT_TYPE, "application/json", "tenant", "t")));

        assertThat(sent.message()).isEqualTo("{\"a\":1}");
        assertThat(sent.messageGroupId()).isEqualTo("k");
        assertThat(sent.messageAttributes()).containsOnlyKeys("ce_id", "content-type", "messaging-envelope");
        assertThat(sent.messageAttributes().get("ce_id").stringValue()).isEqualTo("1");
    }

    @Test
    void there_are_ten_attributes_at_most_as_SNS_delivers_no_more() {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            headers.put("ce_extension" + i, "value " + i);
        }
        PublishBatchRequestEntry sent = sent(message("k", "text").withHeaders(headers));

        assertThat(sent.messageAttributes()).hasSize(10);
        assertThat(received(sent).headers()).isEqualTo(headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a\u0000b", "\uFFFE", "\uD83E\uDDC0 käse 订单", "null", "base64:QQ=="})
    void texts_come_back_and_travel_in_allowed_characters_only(String text) {
        Message<String, byte[]> message = message("key " + text, text).withHeaders(Map.of(Headers.ID, text, "h", text));
        PublishBatchRequestEntry sent = sent(message);

        assertThat(received(sent)).usingRecursiveComparison().isEqualTo(message);
        assertThat(sent.message()).matches(SqsMappingTest::isAllowed);
        assertThat(sent.messageAttributes().values()).allMatch(value -> isAllowed(value.stringValue()));
        assertThat(sent.messageGroupId()).matches("[\\x21-\\x7e]{1,128}");
    }

    @Test
    void a_message_sent_again_to_its_topic_is_a_duplicate() {
        Message<String, byte[]> message =
                message("k", "text").withHeaders(Map.of(Headers.ID, "1", Headers.SOURCE, "s"));

        assertThat(deduplication(ORDERS, message)).isEqualTo(deduplication(ORDERS, message));
        assertThat(deduplication(ORDERS, message)).matches("[\\x21-\\x7e]{1,128}");
    }

    @Test
    void a_message_is_no_duplicate_of_another_one_with_its_id() {
        Message<String, byte[]> message =
                message("k", "text").withHeaders(Map.of(Headers.ID, "1", Headers.SOURCE, "s"));

        assertThat(deduplication(ORDERS, message))
                .isNotEqualTo(deduplication(ORDERS, message.withHeader(Headers.SOURCE, "other")))
                .isNotEqualTo(deduplication(ORDERS, message.withValue("other".getBytes(UTF_8))));
    }

    @Test
    void a_message_on_a_topic_of_retries_or_without_an_id_is_never_a_duplicate() {
        Message<String, byte[]> message = message("k", "text").withHeader(Headers.ID, "1");

        assertThat(deduplication(RETRIES, message)).isNotEqualTo(deduplication(RETRIES, message));
        assertThat(deduplication(ORDERS, message("k", "text")))
                .isNotEqualTo(deduplication(ORDERS, message("k", "text")));
    }

    @Test
    void messages_of_a_work_queue_and_those_without_a_key_lock_nothing() {
        Topic queue = ORDERS.asWorkQueue();

        assertThat(SqsMessages.entry(queue, message("k", "text")).build().messageGroupId())
                .isNotEqualTo(
                        SqsMessages.entry(queue, message("k", "text")).build().messageGroupId());
        assertThat(sent(message(null, "text")).messageGroupId())
                .isNotEqualTo(sent(message(null, "text")).messageGroupId());
    }

    @Test
    void a_foreign_message_is_decoded_from_what_it_has() {
        var foreign = software.amazon.awssdk.services.sqs.model.Message.builder()
                .body("{}")
                .messageAttributes(Map.of("ce_type", string("order.created.v1"), "messaging-envelope", string("mine")))
                .attributes(Map.of(
                        MessageSystemAttributeName.MESSAGE_GROUP_ID,
                        "order-1",
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        Long.toString(TIME.toEpochMilli())))
                .build();

        assertThat(SqsMessages.message(foreign))
                .usingRecursiveComparison()
                .isEqualTo(new Message<>(
                        "order-1",
                        "{}".getBytes(UTF_8),
                        Map.of("ce_type", "order.created.v1", "messaging-envelope", "mine"),
                        TIME));
    }

    @Test
    void names_stay_readable() {
        assertThat(SqsTopology.nameOf("orders.inventory.retry")).isEqualTo("orders_inventory_retry.fifo");
        assertThat(SqsTopology.nameOf("order_events")).matches("order_events-[0-9a-f-]{18}\\.fifo");
    }

    @Test
    void names_stay_different_and_within_the_limit() {
        String longest = "o".repeat(200);
        assertThat(SqsTopology.nameOf(longest)).hasSizeLessThanOrEqualTo(80).matches("[A-Za-z0-9_-]+\\.fifo");
        assertThat(SqsTopology.nameOf(longest)).isNotEqualTo(SqsTopology.nameOf(longest + "x"));
        assertThat(SqsTopology.nameOf("a.b")).isNotEqualTo(SqsTopology.nameOf("a_b"));
        assertThat(SqsTopology.nameOf("o".repeat(75))).hasSizeLessThanOrEqualTo(80);
    }

    private static boolean isAllowed(String text) {
        return !text.isEmpty()
                && text.codePoints()
                        .allMatch(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || c >= 0x20 && c <= 0xD7FF
                                || c >= 0xE000 && c <= 0xFFFD
                                || c >= 0x10000);
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(UTF_8), Map.of(), TIME);
    }

    private static PublishBatchRequestEntry sent(Message<String, byte[]> message) {
        return SqsMessages.entry(ORDERS, message).build();
    }

    private static String deduplication(Topic topic, Message<String, byte[]> message) {
        return SqsMessages.entry(topic, message).build().messageDeduplicationId();
    }

    /** As raw delivery passes it on. */
    private static Message<String, byte[]> received(PublishBatchRequestEntry sent) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        sent.messageAttributes().forEach((name, value) -> attributes.put(name, string(value.stringValue())));
        return SqsMessages.message(software.amazon.awssdk.services.sqs.model.Message.builder()
                .body(sent.message())
                .messageAttributes(attributes)
                .build());
    }
}
