package io.orderflow.messaging.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.MessageTimes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps messages. A payload that is text is the body as it is, another one is in Base64. CloudEvents attributes,
 * content type, routing key and trace context are message attributes, for other clients and their filters. SNS delivers ten of those, so all else is in one more, as JSON.
 */
final class SqsMessages {

    private static final String ENVELOPE = "messaging-envelope";
    private static final String BASE64 = "base64:"; // a body is never empty
    private static final int MAX_ATTRIBUTES = 9; // without the envelope

    /** What a body and an attribute may contain. */
    private static final Pattern TEXT = Pattern.compile("[\t\n\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]+");

    private static final Pattern KNOWN = Pattern.compile(Headers.CLOUD_EVENTS_PREFIX + "\\w+|" + Headers.CONTENT_TYPE
            + "|" + Headers.ROUTING_KEY + "|" + Headers.TRACE_PARENT);
    private static final Pattern GROUP_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** What is not in the body or in other attributes; {@code payload} is {@code text}, {@code base64} or {@code null}. */
    private record Envelope(@Nullable String key, long time, String payload, Map<String, String> headers) {}

    private SqsMessages() {}

    static PublishBatchRequestEntry.Builder entry(Topic topic, Message<String, byte[]> message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        Map<String, String> others = new HashMap<>(message.headers());
        message.headers().forEach((name, value) -> {
            if (KNOWN.matcher(name).matches() && TEXT.matcher(value).matches() && attributes.size() < MAX_ATTRIBUTES) {
                attributes.put(name, attribute(value));
                others.remove(name);
            }
        });
        byte[] value = message.value();
        String payload = value == null ? "null" : "text";
        String body = value == null ? payload : new String(value, UTF_8);
        if (value != null && !(TEXT.matcher(body).matches() && Arrays.equals(body.getBytes(UTF_8), value))) {
            payload = "base64";
            body = BASE64 + Base64.getEncoder().encodeToString(value);
        }
        var envelope = new Envelope(message.key(), message.timestamp().toEpochMilli(), payload, others);
        attributes.put(ENVELOPE, attribute(JSON.writeValueAsString(envelope)));
        return PublishBatchRequestEntry.builder()
                .message(body)
                .messageAttributes(attributes)
                .messageGroupId(groupId(topic, message.key()))
                .messageDeduplicationId(deduplicationId(topic, message));
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** What SNS counts of a message. */
    static int bytes(PublishBatchRequestEntry entry) {
        int bytes = entry.message().getBytes(UTF_8).length;
        for (Map.Entry<String, MessageAttributeValue> each :
                entry.messageAttributes().entrySet()) {
            MessageAttributeValue value = each.getValue();
            bytes += (each.getKey() + value.dataType() + value.stringValue()).getBytes(UTF_8).length;
        }
        return bytes;
    }

    private static String groupId(Topic topic, @Nullable String key) {
        if (topic.isBroadcast()) {
            return "broadcasts";
        }
        if (topic.competing() || key == null) {
            return UUID.randomUUID().toString();
        }
        return GROUP_ID.matcher(key).matches() ? key : "hash-" + UUID.nameUUIDFromBytes(key.getBytes(UTF_8));
    }

    /**
     * SNS and SQS drop a message whose id they had within five minutes. So the same message sent again to its topic is dropped,
     * and another one with its id is not. A topic of retries may get the same message several times: there, nothing is dropped.
     */
    private static String deduplicationId(Topic topic, Message<String, byte[]> message) {
        String id = message.header(Headers.ID);
        if (id == null || topic.isRetries() || topic.isDeadLetters()) {
            return UUID.randomUUID().toString();
        }
        String identity = message.header(Headers.SOURCE) + '\n' + id;
        return HexFormat.of().formatHex(ContentDigest.of(message).bytes())
                + UUID.nameUUIDFromBytes(identity.getBytes(UTF_8));
    }

    static Message<String, byte[]> message(software.amazon.awssdk.services.sqs.model.Message received) {
        Map<String, String> headers = new HashMap<>();
        received.messageAttributes().forEach((name, value) -> {
            if (value.stringValue() != null) {
                headers.put(name, value.stringValue());
            }
        });
        if (headers.containsKey(ENVELOPE)) {
            try {
                return withEnvelope(headers, received.body());
            } catch (RuntimeException e) {
                // another producer uses the name for something else
            }
        }
        Instant stated = MessageTimes.stated(null, headers);
        String sent = received.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
        return new Message<>(
                received.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
                received.body().getBytes(UTF_8),
                headers,
                stated == null ? Instant.ofEpochMilli(Long.parseLong(sent)) : stated);
    }

    private static Message<String, byte[]> withEnvelope(Map<String, String> attributes, String body) {
        Envelope envelope = JSON.readValue(attributes.get(ENVELOPE), Envelope.class);
        Map<String, String> headers = new HashMap<>(attributes);
        headers.remove(ENVELOPE);
        headers.putAll(envelope.headers());
        byte[] value = switch (envelope.payload()) {
            case "text" -> body.getBytes(UTF_8);
            case "base64" -> Base64.getDecoder().decode(body.substring(BASE64.length()));
            default -> null;
        };
        return new Message<>(envelope.key(), value, headers, Instant.ofEpochMilli(envelope.time()));
    }
}
