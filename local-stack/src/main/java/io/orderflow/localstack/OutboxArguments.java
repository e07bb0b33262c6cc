package io.orderflow.localstack;

import io.orderflow.localstack.DeadLetterArguments.Letter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code ./orderflow outbox} is asked for.
 *
 * @param command what to do
 * @param rows those named one by one
 * @param services where to look
 */
record OutboxArguments(String command, List<Letter> rows, List<Service> services, int page, int portOffset) {

    static final String USAGE = """
            usage: ./orderflow outbox COMMAND

              parked  [--page N]
                      messages that the broker refuses for good, and those of their keys that wait behind them
              release SERVICE:ID ...
                      sends them again, each with all that are parked of its key
              delete  SERVICE:ID ...
                      they are never sent; those that waited behind them are

            --service order|inventory|shipping|email
                      one service instead of all four
            --port-offset N
                      as it was given to ./orderflow up

            The operator's password is taken from ORDERFLOW_OPERATOR_PASSWORD, else from the file that
            ./orderflow up has written.
            """;

    private static final String PARKED = "parked";
    private static final Set<String> COMMANDS = Set.of(PARKED, "release", "delete");

    static OutboxArguments parse(String... arguments) {
        CommandLine line = new CommandLine(arguments);
        String command = line.isEmpty() ? "" : line.next();
        if (!COMMANDS.contains(command)) {
            throw new StackException(USAGE + (command.isEmpty() ? "" : "There is no command '" + command + "'."));
        }
        List<Letter> rows = new ArrayList<>();
        List<Service> services = List.of(Service.values());
        int page = 0;
        int portOffset = 0;
        while (!line.isEmpty()) {
            String argument = line.next();
            switch (argument) {
                case "--page" -> page = line.number(argument);
                case "--service" -> services = List.of(DeadLetterArguments.named(line.value(argument)));
                case "--port-offset" -> portOffset = line.number(argument);
                default -> {
                    if (argument.startsWith("--")) {
                        throw new StackException(USAGE + "There is no option '" + argument + "'.");
                    }
                    rows.add(Letter.parse(argument));
                }
            }
        }
        if (command.equals(PARKED) != rows.isEmpty()) {
            throw new StackException(USAGE
                    + (rows.isEmpty()
                            ? "Which one? Name it as the list does, like inventory:17."
                            : "parked takes no rows; --service names where to look."));
        }
        return new OutboxArguments(command, rows, services, page, portOffset);
    }
}
