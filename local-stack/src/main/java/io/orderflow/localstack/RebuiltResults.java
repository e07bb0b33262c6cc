package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a replay into analytics-service has counted, compared with what it counts live.
 *
 * @param analytics the API of analytics-service
 */
record RebuiltResults(ServiceClient analytics, PrintStream out) {

    /** How far the live results may be behind. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private static final long POLL_NANOS = 500_000_000;
    private static final String DIFFERENCES = "/analytics/rebuilt/differences?size=100";

    /** Prints the differences, and returns whether there are none of this customer; with null, none at all. */
    boolean areLive(@Nullable String customer) {
        long deadline = System.nanoTime() + LAG.toNanos();
        JsonNode page = analytics.get(DIFFERENCES);
        while (!of(page, customer).isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            page = analytics.get(DIFFERENCES);
        }
        int found = page.get("items").size();
        if (found == 0) {
            out.println("The rebuilt results are the live ones: no difference.");
        } else {
            Table table = new Table("RESULT", "ID", "LIVE", "REBUILT");
            page.get("items")
                    .forEach(each -> table.line(
                            each.get("result").asString(),
                            each.get("id").asString(),
                            each.path("live").asString("-"),
                            each.path("rebuilt").asString("-")));
            out.print(table);
            out.println((page.has("next") ? "More than " : "") + found + " result(s) differ.");
        }
        return of(page, customer).isEmpty();
    }

    private static List<JsonNode> of(JsonNode page, @Nullable String customer) {
        return page.get("items")
                .valueStream()
                .filter(each -> customer == null || each.get("id").asString().equals(customer))
                .toList();
    }
}
