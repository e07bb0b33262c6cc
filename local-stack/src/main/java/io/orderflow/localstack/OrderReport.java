package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Prints how an order went: its timeline, its shipment and the mails about it. */
final class OrderReport {

    private OrderReport() {}

    static void print(Shop shop, String id, PrintStream out) {
        printTimeline(shop.timeline(id), out);
        shop.shipments(id)
                .forEach(shipment ->
                        out.printf("    shipment   %s%n", shipment.get("status").asString()));
        shop.mailsAbout(id).forEach(subject -> out.printf("    mail       %s%n", subject));
    }

    private static void printTimeline(List<JsonNode> timeline, PrintStream out) {
        Instant start = Instant.parse(timeline.get(0).get("at").asString());
        for (JsonNode entry : timeline) {
            Duration after =
                    Duration.between(start, Instant.parse(entry.get("at").asString()));
            out.printf(
                    "    %6d ms  %-10s %s%s%n",
                    after.toMillis(),
                    entry.get("status").asString(),
                    entry.get("what").asString(),
                    entry.hasNonNull("eventType")
                            ? " (" + entry.get("eventType").asString() + ")"
                            : "");
        }
    }
}
