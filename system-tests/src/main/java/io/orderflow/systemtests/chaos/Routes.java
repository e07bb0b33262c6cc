package io.orderflow.systemtests.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who reads what, as docs/decisions/0004 and the services' configuration have it: known here a second time on purpose. */
final class Routes {

    static final Map<String, Set<String>> GROUPS = Map.of(
            "orders", Set.of("inventory", "shipping", "email"),
            "contacts", Set.of("email"),
            "inventory", Set.of("order"),
            "shipping", Set.of("order", "email"),
            "shipments", Set.of("shipping"),
            "shipments.express", Set.of("shipping"));

    static final String DEAD_LETTERS = ".dlq";

    private Routes() {}

    /** The topics of events and tasks, and those of what could not be handled. */
    static List<String> watched() {
        Stream<String> deadLetters = GROUPS.entrySet().stream()
                .flatMap(route -> route.getValue().stream().map(group -> route.getKey() + "." + group + DEAD_LETTERS));
        return Stream.concat(GROUPS.keySet().stream(), deadLetters).sorted().toList();
    }
}
