package io.orderflow.console.services;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The health of a service.
 *
 * @param status {@code UP} or what Spring Boot reports instead
 * @param reasons why it is not UP, a sentence each
 */
public record Health(String status, List<String> reasons) {

    static Health of(JsonNode answer) {
        List<String> reasons = new ArrayList<>();
        answer.path("components").properties().forEach(component -> {
            JsonNode state = component.getValue();
            if (!"UP".equals(state.path("status").asString(""))) {
                reasons.addAll(reasons(component.getKey(), state.path("details")));
            }
        });
        return new Health(answer.path("status").asString("UNKNOWN"), reasons);
    }

    private static List<String> reasons(String component, JsonNode details) {
        List<String> reasons =
                details.path("reasons").valueStream().map(JsonNode::asString).toList();
        if (!reasons.isEmpty()) {
            return reasons;
        }
        return List.of(component + ": " + details.path("error").asString("not UP"));
    }

    public boolean isUp() {
        return "UP".equals(status);
    }
}
