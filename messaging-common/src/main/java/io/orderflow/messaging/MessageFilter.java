package io.orderflow.messaging;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Which messages of a topic a group wants: those whose {@link Headers#ROUTING_KEY} matches one of the patterns, and whose
 * headers satisfy the condition. A message without a routing key has an empty one.
 *
 * @param patterns as in AMQP: words separated by dots, {@code *} for one word, {@code #} for any number of words; none for every
 *     routing key
 * @param match how many of the headers a message needs
 * @param headers names and values; none for every message
 */
public record MessageFilter(List<String> patterns, Match match, Map<String, String> headers) {

    /** How many of the headers of a condition a message needs. */
    public enum Match {
        ALL,
        ANY
    }

    /** Every message. */
    public static final MessageFilter NONE = new MessageFilter(List.of(), Match.ALL, Map.of());

    private static final int MAX_BYTES = 255;

    /** @throws IllegalArgumentException if a pattern is none, or a condition names the routing key or the content type */
    public MessageFilter {
        patterns = List.copyOf(patterns);
        headers = Map.copyOf(headers);
        patterns.forEach(MessageFilter::requirePattern);
        if (headers.containsKey(Headers.ROUTING_KEY) || headers.containsKey(Headers.CONTENT_TYPE)) {
            throw new IllegalArgumentException(
                    "the routing key and the content type are no headers on every broker, so no condition can name"
                            + " them; for the routing key give a pattern, as in matching(\"order.created.*\")");
        }
    }

    private static void requirePattern(String pattern) {
        for (String word : pattern.split("\\.", -1)) {
            if (word.isEmpty() || word.length() > 1 && (word.contains("*") || word.contains("#"))) {
                throw new IllegalArgumentException(
                        "'" + pattern + "' is no pattern of routing keys: it consists of words"
                                + " separated by dots, each a text, '*' (one word) or '#' (any number of words),"
                                + " as in order.created.* or order.#");
            }
        }
        if (pattern.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a pattern of routing keys has at most " + MAX_BYTES + " bytes, and '" + pattern + "' has more");
        }
    }

    /** The same with these patterns. */
    public MessageFilter matching(List<String> others) {
        return new MessageFilter(others, match, headers);
    }

    /** The same with this condition on headers. */
    public MessageFilter where(Match other, Map<String, String> values) {
        return new MessageFilter(patterns, other, values);
    }

    /** Whether it filters nothing. */
    public boolean isNone() {
        return patterns.isEmpty() && headers.isEmpty();
    }

    /** Whether a group with this filter wants the message. */
    public boolean accepts(Message<?, ?> message) {
        return hasRoutingKey(Objects.requireNonNullElse(message.header(Headers.ROUTING_KEY), ""))
                && hasHeaders(message);
    }

    private boolean hasHeaders(Message<?, ?> message) {
        if (headers.isEmpty()) {
            return true;
        }
        var conditions = headers.entrySet().stream();
        return match == Match.ALL
                ? conditions.allMatch(each -> each.getValue().equals(message.header(each.getKey())))
                : conditions.anyMatch(each -> each.getValue().equals(message.header(each.getKey())));
    }

    private boolean hasRoutingKey(String routingKey) {
        if (patterns.isEmpty()) {
            return true;
        }
        List<String> words = routingKey.isEmpty() ? List.of() : List.of(routingKey.split("\\.", -1));
        return patterns.stream().anyMatch(pattern -> matches(List.of(pattern.split("\\.")), words));
    }

    /** Compares word by word. A {@code #} is tried with no word first; on a mismatch it takes one word more. */
    private static boolean matches(List<String> pattern, List<String> words) {
        int p = 0;
        int w = 0;
        int hash = -1; // the last '#' of the pattern that was passed
        int taken = 0; // the words before this one belong to it or to what precedes it
        while (w < words.size()) {
            String expected = p < pattern.size() ? pattern.get(p) : "";
            if (expected.equals("#")) {
                hash = p++;
                taken = w;
            } else if (p < pattern.size() && (expected.equals("*") || expected.equals(words.get(w)))) {
                p++;
                w++;
            } else if (hash >= 0) {
                p = hash + 1;
                w = ++taken;
            } else {
                return false;
            }
        }
        return pattern.subList(p, pattern.size()).stream().allMatch("#"::equals);
    }

    @Override
    public String toString() {
        return String.join(" or ", patterns)
                + (patterns.isEmpty() || headers.isEmpty() ? "" : " and ")
                + (headers.isEmpty() ? "" : match.name().toLowerCase(Locale.ROOT) + " of " + headers);
    }
}
