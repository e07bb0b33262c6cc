package io.orderflow.localstack;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./orderflow groups} is asked for.
 *
 * @param removed the topic and the group to remove, or nothing to list all
 * @param services where to look
 */
record GroupArguments(List<String> removed, List<Service> services, int portOffset) {

    static final String USAGE = """
            usage: ./orderflow groups COMMAND

              list    the groups that the broker has of each service's topics, with what waits for them
              remove TOPIC GROUP
                      removes a group that nobody reads for, with all that waits for it

            --service order|inventory|shipping|email
                      one service instead of all four
            --port-offset N
                      as it was given to ./orderflow up

            The operator's password is taken from ORDERFLOW_OPERATOR_PASSWORD, else from the file that
            ./orderflow up has written.
            """;

    static GroupArguments parse(String... arguments) {
        CommandLine line = new CommandLine(arguments);
        String command = line.isEmpty() ? "" : line.next();
        if (!command.equals("list") && !command.equals("remove")) {
            throw new StackException(USAGE + (command.isEmpty() ? "" : "There is no command '" + command + "'."));
        }
        List<String> words = new ArrayList<>();
        List<Service> services = List.of(Service.values());
        int portOffset = 0;
        while (!line.isEmpty()) {
            String argument = line.next();
            switch (argument) {
                case "--service" -> services = List.of(DeadLetterArguments.named(line.value(argument)));
                case "--port-offset" -> portOffset = line.number(argument);
                default -> {
                    if (argument.startsWith("--")) {
                        throw new StackException(USAGE + "There is no option '" + argument + "'.");
                    }
                    words.add(argument);
                }
            }
        }
        if (words.size() != (command.equals("remove") ? 2 : 0)) {
            throw new StackException(USAGE
                    + (command.equals("remove")
                            ? "Which one? Name topic and group as the list does."
                            : "list takes no names; --service names where to look."));
        }
        return new GroupArguments(words, services, portOffset);
    }
}
