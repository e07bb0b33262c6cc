package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.database.StorableText;
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
