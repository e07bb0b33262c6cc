package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow outbox}: outbox rows that the broker rejects. */
public final class Outbox extends OperatorCommand {

    static final String USAGE = """
            usage: ./orderflow outbox COMMAND

              parked  [--page N]
                        messages that the broker rejects for good, and later ones of their keys
              release SERVICE:ID ...
                        sends them again, each with all parked messages of its key
              delete  SERVICE:ID ...
                        never sends them; later ones of their keys are sent
            """ + USAGE_OF_OPTIONS;

    private static final String PATH = "/outbox/parked";
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
        boolean list = line.command("parked", "release", "delete").equals("parked");
        if (list != line.operands().isEmpty()) {
            throw line.error(
                    list
                            ? "parked takes no operands; see --service."
                            : "Name a row as the list does, like inventory:17.");
        }
        line.operands().forEach(ServiceItem::parse);
        return line;
    }

    @Override
    void execute() {
        if (line.operands().isEmpty()) {
            list();
        } else {
            line.operands().forEach(row -> attempt(() -> decide(ServiceItem.parse(row))));
        }
    }

    private void list() {
        Table rows = new Table("ROW", "TOPIC", "KEY", "TYPE", "BYTES", "PARKED", "REASON");
        long[] total = {0};
        for (String service : line.services()) {
            attempt(() -> {
                JsonNode page = ask(service).get(PATH + "?size=" + PAGE_SIZE + "&page=" + line.number("page", 0));
                total[0] += page.get("total").asLong();
                page.get("items")
                        .forEach(each -> rows.line(
                                new ServiceItem(service, each.get("id").asString()),
                                each.get("topic").asString(),
                                each.path("key").asString("-"),
                                each.path("type").asString("-"),
                                each.get("bytes").asInt(),
                                Table.time(each.get("parkedAt")),
                                each.get("released").asBoolean()
                                        ? "released, to be sent again"
                                        : each.get("reason").asString()));
            });
        }
        if (!rows.isEmpty()) {
            out.print(rows);
            out.println("In all " + total[0] + ".");
        } else if (total[0] > 0) {
            out.println("None on this page, of " + total[0] + ".");
        } else if (isComplete()) {
            out.println("No row is parked.");
        }
    }

    private void decide(ServiceItem row) {
        String decision = line.command("release", "delete");
        ask(row.service()).post(PATH + "/" + row.id() + "/" + decision);
        out.println(row
                + (decision.equals("release")
                        ? " is sent again, with all parked messages of its key"
                        : " is deleted; later messages of its key are sent"));
    }
}
