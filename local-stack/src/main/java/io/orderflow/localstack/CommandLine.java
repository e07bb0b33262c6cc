package io.orderflow.localstack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The arguments of a command: words, and options by name. An argument that the command does not have is rejected. */
public final class CommandLine {

    /** The environment variable for the port offset. */
    public static final String PORT_OFFSET = "ORDERFLOW_PORT_OFFSET";

    private final String usage;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    private CommandLine(String usage) {
        this.usage = usage;
    }

    /**
     * Reads the arguments.
     *
     * @param usage printed with every error
     * @param flags options without a value
     * @param valued options with a value
     * @throws StackException if an option is unknown or its value is missing
     */
    public static CommandLine parse(String usage, Set<String> flags, Set<String> valued, String... arguments) {
        CommandLine line = new CommandLine(usage);
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            String name = argument.replaceFirst("^--", "");
            if (!argument.startsWith("--")) {
                line.words.add(argument);
            } else if (flags.contains(name)) {
                line.options.put(name, "true");
            } else if (!valued.contains(name)) {
                throw line.error("There is no option '" + argument + "'.");
            } else if (rest.isEmpty()) {
                throw line.error(argument + " needs a value.");
            } else {
                line.options.put(name, rest.pop());
            }
        }
        return line;
    }

    /** One that takes no words. */
    public CommandLine withoutWords() {
        if (!words.isEmpty()) {
            throw error("'" + words.get(0) + "' is not expected here.");
        }
        return this;
    }

    /** The first word, which has to be one of these. */
    String command(String... commands) {
        String command = word();
        if (!Arrays.asList(commands).contains(command)) {
            throw error(command.isEmpty() ? "" : "There is no command '" + command + "'.");
        }
        return command;
    }

    /** The first word; empty if there is none. */
    public String word() {
        return words.isEmpty() ? "" : words.get(0);
    }

    /** The words after the first one. */
    List<String> operands() {
        return words.isEmpty() ? words : words.subList(1, words.size());
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    public String value(String option, String otherwise) {
        return options.getOrDefault(option, otherwise);
    }

    public long number(String option, long otherwise) {
        return number(option, Long.toString(otherwise));
    }

    private long number(String option, String otherwise) {
        String text = value(option, otherwise);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw error("--" + option + " needs a number, not '" + text + "'.");
        }
    }

    /** Of the option, else of the environment variable, with which {@code ./orderflow lesson} runs its commands. */
    public int portOffset() {
        return Math.toIntExact(number("port-offset", System.getenv().getOrDefault(PORT_OFFSET, "0")));
    }

    /** The application at {@code --url}, else the service of {@code --service}, else all services. */
    List<String> services() {
        if (has("url")) {
            return List.of(OperatorCommand.APPLICATION);
        }
        return has("service")
                ? List.of(Service.named(value("service", "")).toString())
                : Stream.of(Service.values()).map(Service::toString).toList();
    }

    /** The given options among these, in the order in which they were given. */
    Map<String, String> options(Set<String> names) {
        Map<String, String> some = new LinkedHashMap<>(options);
        some.keySet().retainAll(names);
        return some;
    }

    public StackException error(String sentence) {
        return new StackException(usage + sentence);
    }
}
