package io.orderflow.systemtests.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The groups of each topic as in docs/decisions/0004, repeated here so that the check does not depend on the services. */
final class Routes {

    static final Map<String, Set<String>> GROUPS = Map.of(
            "orders", Set.of("inventory", "shipping", "email", "analytics", "webhooks"),
            "contacts", Set.of("email"),
            "inventory", Set.of("order"),
            "shipping", Set.of("order", "email"),
            "shipments", Set.of("shipping"),
            "shipments.express", Set.of("shipping"));

    static final String DEAD_LETTERS = ".dlq";

    private Routes() {}

    /** The topics of events and commands, and of their dead letters. */
    static List<String> watched() {
        Stream<String> deadLetters = GROUPS.entrySet().stream()
                .flatMap(route -> route.getValue().stream().map(group -> route.getKey() + "." + group + DEAD_LETTERS));
        return Stream.concat(GROUPS.keySet().stream(), deadLetters).sorted().toList();
    }
}
