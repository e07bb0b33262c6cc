package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow outbox}: outbox rows that the broker rejects, and scheduled messages. */
public final class Outbox extends OperatorCommand {

    static final String USAGE = """
            usage: ./orderflow outbox COMMAND
              parked  [--page N]
                        messages that the broker rejects for good, and later ones of their keys
              release SERVICE:ID ...
                        sends them again, each with all parked messages of its key
              delete  SERVICE:ID ...
                        never sends them; later ones of their keys are sent
              scheduled [--page N]
                        messages that are sent later, the next one first
              cancel  SERVICE:ID ...
                        never sends these scheduled messages
            """ + USAGE_OF_OPTIONS;

    private static final String PARKED = "/outbox/parked";
    private static final String SCHEDULED = "/outbox/scheduled";
    private static final Set<String> LISTS = Set.of("parked", "scheduled");
    private static final Map<String, String> DECISIONS = Map.of(
            "release", " is sent again, with all parked messages of its key",
            "delete", " is deleted; later messages of its key are sent",
            "cancel", " is cancelled and never sent");
    private static final int PAGE_SIZE = 50;

    Outbox(CommandLine line, Function<String, ServiceClient> ports, PrintStream out) {
        super(line, ports, out);
    }

    public static void main(String[] arguments) {
        main(arguments, USAGE, Outbox::parse, Outbox::new);
    }

    static CommandLine parse(String... arguments) {
        CommandLine line =
                CommandLine.parse(USAGE, Set.of(), Set.of("page", "service", "port-offset", "url"), arguments);
        String command = line.command("parked", "release", "delete", "scheduled", "cancel");
        boolean list = LISTS.contains(command);
        if (list != line.operands().isEmpty()) {
            throw line.error(
                    list
                            ? command + " takes no operands; see --service."
                            : "Name a row as the list does, like inventory:17.");
        }
        line.operands().forEach(ServiceItem::parse);
        return line;
    }

    @Override
    void execute() {
        String command = line.command("parked", "release", "delete", "scheduled", "cancel");
        switch (command) {
            case "parked" ->
                list(PARKED, "No row is parked.", Outbox::parked, "KEY", "TYPE", "BYTES", "PARKED", "REASON");
            case "scheduled" ->
                list(SCHEDULED, "No message is scheduled.", Outbox::scheduled, "KEY", "TYPE", "DUE", "NAME");
            default -> line.operands().forEach(row -> attempt(() -> decide(ServiceItem.parse(row), command)));
        }
    }

    private void list(String path, String none, Function<JsonNode, Object[]> cells, String... columns) {
        Table rows = new Table(
                Stream.concat(Stream.of("ROW", "TOPIC"), Stream.of(columns)).toArray(String[]::new));
        long[] total = {0};
        for (String service : line.services()) {
            attempt(() -> {
                JsonNode page = ask(service).get(path + "?size=" + PAGE_SIZE + "&page=" + line.number("page", 0));
                total[0] += page.get("total").asLong();
                page.get("items")
                        .forEach(each -> rows.line(Stream.concat(
                                        Stream.of(
                                                new ServiceItem(
                                                        service, each.get("id").asString()),
                                                each.get("topic").asString(),
                                                each.path("key").asString("-"),
                                                each.path("type").asString("-")),
                                        Stream.of(cells.apply(each)))
                                .toArray()));
            });
        }
        if (!rows.isEmpty()) {
            out.print(rows);
            out.println("In all " + total[0] + ".");
        } else if (total[0] > 0) {
            out.println("None on this page, of " + total[0] + ".");
        } else if (isComplete()) {
            out.println(none);
        }
    }

    private static Object[] parked(JsonNode row) {
        return new Object[] {
            row.get("bytes").asInt(),
            Table.time(row.get("parkedAt")),
            row.get("released").asBoolean()
                    ? "released, to be sent again"
                    : row.get("reason").asString()
        };
    }

    private static Object[] scheduled(JsonNode row) {
        return new Object[] {Table.time(row.get("due")), row.get("name").asString()};
    }

    private void decide(ServiceItem row, String decision) {
        ask(row.service()).post((decision.equals("cancel") ? SCHEDULED : PARKED) + "/" + row.id() + "/" + decision);
        out.println(row + DECISIONS.get(decision));
    }
}
