package io.orderflow.console.services;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Selects the dead letters that match everything that is neither null nor blank.
 *
 * @param key of the message; of the events of an order, the order's id
 * @param text part of the reason, the cause or the type
 */
public record DeadLetterFilter(
        @Nullable String state,
        @Nullable String group,
        @Nullable String topic,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable String key,
        @Nullable String messageId,
        @Nullable String text) {

    public static DeadLetterFilter ofKey(String key) {
        return new DeadLetterFilter(null, null, null, null, null, key, null, null);
    }

    /** As parameters of the operator API. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "state", state);
        put(parameters, "group", group);
        put(parameters, "topic", topic);
        put(parameters, "type", type);
        put(parameters, "fingerprint", fingerprint);
        put(parameters, "key", key);
        put(parameters, "messageId", messageId);
        put(parameters, "text", text);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (StringUtils.hasText(value)) {
            parameters.put(name, value.strip());
        }
    }
}
