package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code ./orderflow order}: places orders on a running stack, or shows them. */
public final class Orders {

    private static final String PLACE = "place";
    private static final String LIST = "list";
    private static final String SHOW = "show";
    private static final String USAGE = """
            usage: ./orderflow order COMMAND [--port-offset N]

              place [N] [--priority standard|express] [--no-wait]
                        places an order, or N, and waits until it is shipped
              list [N]  the latest N orders (20)
              show      the latest order: its history, shipment and mails
            """;
    private static final String CUSTOMER = "ada";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final CommandLine line;
    private final Shop shop;
    private final PrintStream out;

    private Orders(CommandLine line, Shop shop, PrintStream out) {
        this.line = line;
        this.shop = shop;
        this.out = out;
    }

    public static void main(String[] arguments) {
        try {
            CommandLine line = parse(arguments);
            new Orders(line, Shop.usual(System.getenv(), line.portOffset()), System.out).run();
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static CommandLine parse(String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, Set.of("no-wait"), Set.of("port-offset", "priority"), arguments);
        List<String> operands = line.operands();
        boolean counts = !line.command(PLACE, LIST, SHOW).equals(SHOW);
        if (operands.size() > (counts ? 1 : 0)
                || !operands.isEmpty() && !operands.get(0).matches("[1-9]\\d{0,2}")) {
            throw line.error(counts ? "N is a number from 1 to 999." : "show takes no operands.");
        }
        return line;
    }

    private void run() {
        switch (line.word()) {
            case PLACE -> place(number(1));
            case LIST -> shop.latest(number(20)).forEach(this::print);
            default -> shop.latest(1).forEach(id -> OrderReport.print(shop, id, out));
        }
    }

    private int number(int otherwise) {
        return Stream.concat(line.operands().stream(), Stream.of("" + otherwise))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }

    private void place(int number) {
        String priority = line.value("priority", "standard");
        List<String> ids = IntStream.range(0, number)
                .mapToObj(i -> shop.place(CUSTOMER, priority, Demo.SKU, 1))
                .toList();
        if (!line.has("no-wait")) {
            ids.forEach(id -> shop.awaitStatus(id, "SHIPPED"::equals, TIMEOUT));
        }
        ids.forEach(this::print);
    }

    private void print(String id) {
        out.println("Order " + id + " is " + shop.status(id) + ".");
    }
}
