package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.database.StorableText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter as a condition with named parameters, for rows of messaging_dead_letter. */
record FilterSql(String condition, Map<String, Object> parameters) {

    static FilterSql of(DeadLetterFilter filter) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        Map<String, Object> parameters = new LinkedHashMap<>();
        add(conditions, parameters, "consumer_group = :group", "group", filter.group());
        add(conditions, parameters, "topic = :topic", "topic", filter.topic());
        add(conditions, parameters, "message_type = :type", "type", filter.type());
        add(conditions, parameters, "fingerprint = :fingerprint", "fingerprint", filter.fingerprint());
        if (filter.from() != null) {
            add(
                    conditions,
                    parameters,
                    "last_failure >= :from",
                    "from",
                    filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            add(conditions, parameters, "last_failure < :to", "to", filter.to().atOffset(ZoneOffset.UTC));
        }
        if (filter.state() != null) {
            add(
                    conditions,
                    parameters,
                    "state = :state",
                    "state",
                    filter.state().name());
        }
        if (filter.key() != null) {
            // the index contains the beginning of the key
            add(
                    conditions,
                    parameters,
                    "substring(message_key from 1 for 64) = substring(:key from 1 for 64) and message_key = :key",
                    "key",
                    filter.key().getBytes(StandardCharsets.UTF_8));
        }
        add(conditions, parameters, "message_id = :messageId", "messageId", filter.messageId());
        if (filter.text() != null) {
            add(
                    conditions,
                    parameters,
                    "concat_ws(' ', reason, cause, message_type) ilike :text",
                    "text",
                    "%" + filter.text().replaceAll("[\\\\%_]", "\\\\$0") + "%");
        }
        return new FilterSql(String.join(" and ", conditions), parameters);
    }

    private static void add(
            List<String> conditions,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value instanceof String text ? StorableText.of(text) : value);
        }
    }
}
