package io.orderflow.localstack;

import io.orderflow.localstack.DeadLetterArguments.Letter;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow outbox}: what the broker refuses to take from the services, from a terminal. */
public final class Outbox {

    private static final String PATH = "/outbox/parked";
    private static final int PAGE_SIZE = 50;

    private final OutboxArguments arguments;
    private final Function<Service, ManagementPort> ports;
    private final PrintStream out;
    private boolean allWell = true;

    private Outbox(OutboxArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        this.arguments = arguments;
        this.ports = ports;
        this.out = out;
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("help")) {
            System.out.print(OutboxArguments.USAGE);
            return;
        }
        try {
            OutboxArguments parsed = OutboxArguments.parse(arguments);
            Operator operator = Operator.known(System.getenv());
            Function<Service, ManagementPort> ports = service -> new ManagementPort(
                    service, service.usualManagementAddress(System.getenv(), parsed.portOffset()), operator);
            System.exit(run(parsed, ports, System.out) ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Does what was asked for; answers whether all of it was done. */
    static boolean run(OutboxArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        Outbox run = new Outbox(arguments, ports, out);
        if (arguments.rows().isEmpty()) {
            run.list();
        } else {
            arguments.rows().forEach(row -> run.attempt(() -> run.decide(row)));
        }
        return run.allWell;
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (StackException e) {
            allWell = false;
            out.println(e.getMessage());
        }
    }

    private void list() {
        Table rows = new Table("ROW", "TOPIC", "KEY", "TYPE", "BYTES", "PARKED", "WHY");
        long[] total = {0};
        for (Service service : arguments.services()) {
            attempt(() -> {
                JsonNode page = ports.apply(service).get(PATH + "?size=" + PAGE_SIZE + "&page=" + arguments.page());
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
        } else if (allWell) {
            out.println("No row is parked.");
        }
    }

    private void decide(Letter row) {
        ports.apply(row.service()).post(PATH + "/" + row.id() + "/" + arguments.command());
        out.println(
                arguments.command().equals("release")
                        ? row + " is sent again, with all that are parked of its key"
                        : row + " is deleted; those that waited behind it are sent");
    }
}
