package io.orderflow.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a broker accepts, as data. Adapters check with the two methods here before they send or declare anything, so that a
 * limit is reported in the same words for every broker.
 *
 * @param messageBytes of the key, the payload and the headers of one message together
 * @param headerBytes of all header names and values of one message together
 * @param headerNameBytes of one header name
 * @param nameBytes of the longest name that the adapter derives from a topic and a group, for example of a queue
 * @param nameCharacters a regular expression for one character of such a name
 */
public record BrokerLimits(
        int messageBytes, int headerBytes, int headerNameBytes, int nameBytes, String nameCharacters) {

    private static final int MAX_UTF8_BYTES_PER_CHAR = 3;
    private static final int SHOWN_OF_A_LONG_NAME = 40;

    /** A broker that limits nothing but the size of a message, and whose names may have every character that {@link Topic} allows. */
    public static BrokerLimits ofMessageBytes(int messageBytes) {
        return new BrokerLimits(
                messageBytes, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, "[A-Za-z0-9._-]");
    }

    /** The same limits, with this one for all headers together and this one for each header name. */
    public BrokerLimits withHeaderBytes(int all, int name) {
        return new BrokerLimits(messageBytes, all, name, nameBytes, nameCharacters);
    }

    /** The same limits, with these for derived names. */
    public BrokerLimits withNames(int bytes, String characters) {
        return new BrokerLimits(messageBytes, headerBytes, headerNameBytes, bytes, characters);
    }

    /**
     * Checks the size of a message. Costs no allocation unless the message is close to a limit.
     *
     * @throws MessageRejectedException if it exceeds one; the message then says which
     */
    public void requireWithin(Topic topic, Message<String, byte[]> message) {
        requireWithin(topic, message, 0);
    }

    /** The same, with this number of bytes left for headers that are added later. */
    public void requireWithin(Topic topic, Message<String, byte[]> message, int reserved) {
        long payload = message.value() == null ? 0 : message.value().length;
        long keyChars = message.key() == null ? 0 : message.key().length();
        long headerChars = 0;
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            headerChars += header.getKey().length() + header.getValue().length();
            if (MAX_UTF8_BYTES_PER_CHAR * (long) header.getKey().length() > headerNameBytes) {
                requireShort(topic, message, header.getKey());
            }
        }
        if (payload + MAX_UTF8_BYTES_PER_CHAR * (keyChars + headerChars) + reserved > messageBytes
                || MAX_UTF8_BYTES_PER_CHAR * headerChars + reserved > headerBytes) {
            requireSmall(topic, message, payload, reserved);
        }
    }

    private void requireSmall(Topic topic, Message<String, byte[]> message, long payload, int reserved) {
        long headers = message.headers().entrySet().stream()
                .mapToLong(header -> bytes(header.getKey()) + bytes(header.getValue()))
                .sum();
        String later = reserved == 0 ? "" : ", with " + reserved + " for headers that are added later";
        if (headers + reserved > headerBytes) {
            throw rejected(topic, message, "has headers of " + (headers + reserved) + " bytes" + later, headerBytes);
        }
        long all = payload + headers + bytes(message.key()) + reserved;
        if (all > messageBytes) {
            throw rejected(topic, message, "has " + all + " bytes" + later, messageBytes);
        }
    }

    private void requireShort(Topic topic, Message<String, byte[]> message, String name) {
        int bytes = bytes(name);
        if (bytes > headerNameBytes) {
            String start = name.substring(0, Math.min(name.length(), SHOWN_OF_A_LONG_NAME));
            throw rejected(
                    topic,
                    message,
                    "has a header '" + start + "...' with a name of " + bytes + " bytes",
                    headerNameBytes);
        }
    }

    private static MessageRejectedException rejected(
            Topic topic, Message<String, byte[]> message, String what, int limit) {
        return new MessageRejectedException(
                "Message " + name(message) + " for topic '" + topic.name() + "' " + what
                        + ", and the broker accepts at most " + limit
                        + ". It was not sent. Send large data by reference.",
                null);
    }

    /** Its id, or its type while it has none. */
    private static String name(Message<String, byte[]> message) {
        String id = message.header(Headers.ID);
        return id == null ? "of type " + message.header(Headers.TYPE) : id;
    }

    /**
     * Checks a name that is derived from a topic and a group.
     *
     * @throws MessagingException if the broker cannot have it
     */
    public void requireName(String derived, Topic topic, String group) {
        int bytes = bytes(derived);
        if (bytes > nameBytes) {
            throw badName(derived, topic, group, "has " + bytes + " bytes, and at most " + nameBytes + " are allowed");
        }
        if (!Pattern.matches("(?:" + nameCharacters + ")*", derived)) {
            throw badName(derived, topic, group, "has other characters than " + nameCharacters);
        }
    }

    private static MessagingException badName(String derived, Topic topic, String group, String why) {
        return new MessagingException(
                "The names of topic '" + topic.name() + "' and group '" + group + "' cannot be used on this broker: '"
                        + derived + "' " + why + ". Nothing was declared. Shorten or rename one of them.",
                null);
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
