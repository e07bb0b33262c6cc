package io.orderflow.localstack;

import io.orderflow.localstack.DeadLetterArguments.Letter;
import java.io.PrintStream;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow outbox}: what the broker refuses to take from the services, from a terminal. */
public final class Outbox {

    private static final String PATH = "/outbox/parked";
    private static final int PAGE_SIZE = 50;

    private final OutboxArguments arguments;
    private final OperatorCommand command;
    private final PrintStream out;

    private Outbox(OutboxArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        this.arguments = arguments;
        this.command = new OperatorCommand(ports, out);
        this.out = out;
    }

    public static void main(String[] arguments) {
        OperatorCommand.main(
                arguments, OutboxArguments.USAGE, OutboxArguments::parse, OutboxArguments::portOffset, Outbox::run);
    }

    /** Does what was asked for; answers whether all of it was done. */
    static boolean run(OutboxArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        Outbox run = new Outbox(arguments, ports, out);
        if (arguments.rows().isEmpty()) {
            run.list();
        } else {
            arguments.rows().forEach(row -> run.command.attempt(() -> run.decide(row)));
        }
        return run.command.isComplete();
    }

    private void list() {
        Table rows = new Table("ROW", "TOPIC", "KEY", "TYPE", "BYTES", "PARKED", "WHY");
        long[] total = {0};
        for (Service service : arguments.services()) {
            command.attempt(() -> {
                JsonNode page = command.ask(service).get(PATH + "?size=" + PAGE_SIZE + "&page=" + arguments.page());
                total[0] += page.get("total").asLong();
                page.get("items")
                        .forEach(each -> rows.line(
                                new Letter(service, each.get("id").asString()),
                                each.get("topic").asString(),
                                each.path("key").asString("-"),
                                each.path("type").asString("-"),
                                each.get("bytes").asInt(),
                                each.get("parkedAt").asString().replaceFirst("\\.\\d+Z$", "Z"),
                                each.get("released").asBoolean()
                                        ? "It is about to be sent again."
                                        : each.get("reason").asString()));
            });
        }
        if (!rows.isEmpty()) {
            out.print(rows);
            out.println("In all " + total[0] + ".");
        } else if (total[0] > 0) {
            out.println("None on this page, of " + total[0] + ".");
        } else if (command.isComplete()) {
            out.println("No row is parked.");
        }
    }

    private void decide(Letter row) {
        command.ask(row.service()).post(PATH + "/" + row.id() + "/" + arguments.command());
        out.println(
                arguments.command().equals("release")
                        ? row + " is sent again, with all that are parked of its key"
                        : row + " is deleted; those that waited behind it are sent");
    }
}
