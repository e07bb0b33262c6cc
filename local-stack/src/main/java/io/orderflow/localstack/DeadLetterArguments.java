package io.orderflow.localstack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code ./orderflow dead-letters} is asked for.
 *
 * @param command what to do
 * @param letters those named one by one
 * @param services where to look
 * @param filter by the names of the services' own parameters
 * @param options the rest, by name; true for one that has no value
 */
record DeadLetterArguments(
        String command,
        List<Letter> letters,
        List<Service> services,
        Map<String, String> filter,
        Map<String, String> options,
        int portOffset) {

    static final String USAGE = """
            usage: ./orderflow dead-letters COMMAND

              list    [FILTER] [--state waiting|redriven|discarded|all] [--page N]
                      those that wait, if no state is given; and how many failed in the same way
              show    SERVICE:ID
                      all that is known of one: why it failed, its headers, its payload, what was done about it
              redrive SERVICE:ID ... [--anyway]
                      sends them to their group again, as if they had never been attempted; --anyway: even one that may
                      have been handled before it was collected
              redrive FILTER|--all [--dry-run] [--rate N] [--go-on]
                      all that wait and fit, N a second (50); stops when one fails again, unless told to go on
              discard SERVICE:ID ...
                      they need not be handled
              jobs    the redrives of many that were begun last
              cancel  SERVICE:JOB

            FILTER    --group G --topic T --type T --fingerprint F --from TIME --to TIME (2026-11-21T10:00:00Z)
            --service order|inventory|shipping|email
                      one service instead of all four
            --port-offset N
                      as it was given to ./orderflow up

            The operator's password is taken from ORDERFLOW_OPERATOR_PASSWORD, else from the file that
            ./orderflow up has written.
            """;

    private static final Set<String> COMMANDS = Set.of("list", "show", "redrive", "discard", "jobs", "cancel");
    private static final Set<String> FILTERS = Set.of("group", "topic", "type", "fingerprint", "from", "to");
    private static final Set<String> FLAGS = Set.of("all", "anyway", "dry-run", "go-on");
    private static final Set<String> VALUES = Set.of("state", "page", "rate");

    /** A dead letter or a job, and the service that has it. */
    record Letter(Service service, String id) {

        static Letter parse(String text) {
            String[] parts = text.split(":", 2);
            if (parts.length != 2 || !parts[1].matches("[0-9a-f-]{1,36}")) {
                throw new StackException("'" + text + "' names nothing: it is to be like inventory:17.");
            }
            return new Letter(named(parts[0]), parts[1]);
        }

        @Override
        public String toString() {
            return name(service) + ":" + id;
        }
    }

    static DeadLetterArguments parse(String... arguments) {
        CommandLine line = new CommandLine(arguments);
        String command = line.isEmpty() ? "" : line.next();
        if (!COMMANDS.contains(command)) {
            throw new StackException(USAGE + (command.isEmpty() ? "" : "There is no command '" + command + "'."));
        }
        List<Letter> letters = new ArrayList<>();
        List<Service> services = List.of(Service.values());
        Map<String, String> filter = new LinkedHashMap<>();
        Map<String, String> options = new LinkedHashMap<>();
        int portOffset = 0;
        while (!line.isEmpty()) {
            String argument = line.next();
            String name = argument.replaceFirst("^--", "");
            if (!argument.startsWith("--")) {
                letters.add(Letter.parse(argument));
            } else if (FLAGS.contains(name)) {
                options.put(name, "true");
            } else if (FILTERS.contains(name)) {
                filter.put(name, line.value(argument));
            } else if (VALUES.contains(name)) {
                options.put(name, line.value(argument));
            } else if (name.equals("service")) {
                services = List.of(named(line.value(argument)));
            } else if (name.equals("port-offset")) {
                portOffset = line.number(argument);
            } else {
                throw new StackException(USAGE + "There is no option '" + argument + "'.");
            }
        }
        return new DeadLetterArguments(command, letters, services, filter, options, portOffset).checked();
    }

    private DeadLetterArguments checked() {
        boolean one = Set.of("show", "discard", "cancel").contains(command);
        boolean many = command.equals("redrive") && (!filter.isEmpty() || options.containsKey("all"));
        if ((one || command.equals("redrive") && !many) && letters.isEmpty()) {
            throw new StackException(USAGE + "Which one? Name it as the list does, like inventory:17"
                    + (command.equals("redrive") ? ", or give a filter, or --all." : "."));
        }
        if (many && !letters.isEmpty()) {
            throw new StackException("Either name dead letters or give a filter, not both.");
        }
        return this;
    }

    int number(String option, int otherwise) {
        return options.containsKey(option) ? CommandLine.number("--" + option, options.get(option)) : otherwise;
    }

    static String name(Service service) {
        return service.name().toLowerCase(Locale.ROOT);
    }

    static Service named(String name) {
        return Stream.of(Service.values())
                .filter(each -> name(each).equals(name) || each.module().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException(
                        "There is no service '" + name + "': there are order, inventory, shipping and email."));
    }
}
