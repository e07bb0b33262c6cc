package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow conservation}: whether each published message is somewhere in each group. What all services have published is
 * compared by each of them with its own groups.
 */
public final class Conservation extends OperatorCommand {

    static final String USAGE = """
            usage: ./orderflow conservation

              compares what the services published in the last hour with what their groups handled, dead-lettered, or have in flight;
              fails if messages are missing
            """ + USAGE_OF_OPTIONS;

    private static final String PATH = "/conservation";

    /** Shorter than in the console's checks: the command is run soon after messages were published. */
    private static final int UNCHANGED_FOR_SECONDS = 5;

    Conservation(CommandLine line, Function<String, ServiceClient> ports, PrintStream out) {
        super(line, ports, out);
    }

    public static void main(String[] arguments) {
        main(arguments, USAGE, Conservation::parse, Conservation::new);
    }

    static CommandLine parse(String... arguments) {
        return CommandLine.parse(USAGE, Set.of(), OPTIONS, arguments).withoutWords();
    }

    /**
     * The balances of all groups of these services. The counts of what was published change while a system works: messages that are
     * missing have to be missing in a second check.
     *
     * @param unchangedForSeconds leaves out what was published more recently
     */
    public static List<JsonNode> check(List<ServiceClient> services, int unchangedForSeconds) {
        List<JsonNode> published = services.stream()
                .flatMap(each -> items(each.get(PATH + "/published?unchangedForSeconds=" + unchangedForSeconds)))
                .toList();
        return services.stream()
                .flatMap(each -> items(each.post(PATH + "/check", Map.of("items", published))))
                .toList();
    }

    private static Stream<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.get("items").forEach(items::add);
        return items.stream();
    }

    @Override
    void execute() {
        attempt(() -> {
            List<ServiceClient> services =
                    line.services().stream().map(this::ask).toList();
            List<JsonNode> balances = check(services, UNCHANGED_FOR_SECONDS);
            if (missing(balances) > 0) {
                balances = check(services, UNCHANGED_FOR_SECONDS);
            }
            print(balances);
        });
    }

    private static long missing(List<JsonNode> balances) {
        return balances.stream().mapToLong(each -> each.get("missing").asLong()).sum();
    }

    private void print(List<JsonNode> balances) {
        Table table = new Table(
                "TOPIC", "GROUP", "PUBLISHED", "HANDLED", "DEAD-LETTERED", "EXPIRED", "PARKED", "IN FLIGHT", "MISSING");
        balances.stream()
                .filter(each -> each.get("unchecked").isNull())
                .forEach(each -> table.line(
                        each.get("topic").asString(),
                        each.get("group").asString(),
                        each.get("published").asLong(),
                        each.get("handled").asLong(),
                        each.get("deadLettered").asLong(),
                        each.get("expired").asLong(),
                        each.get("parked").asLong(),
                        each.get("inFlight").asLong(),
                        each.get("missing").asLong()));
        out.print(table);
        List<JsonNode> unchecked = balances.stream()
                .filter(each -> !each.get("unchecked").isNull())
                .toList();
        unchecked.forEach(each -> out.println("Not compared: group "
                + each.get("group").asString() + " of " + each.get("topic").asString() + ". "
                + each.get("unchecked").asString()));
        long missing = missing(balances);
        if (missing > 0) {
            fail();
        }
        out.println(
                missing == 0
                        ? "No message is missing" + (unchecked.isEmpty() ? "." : " in the groups that were compared.")
                        : missing + " message(s) were published and are nowhere. See docs/operations.md.");
    }
}
