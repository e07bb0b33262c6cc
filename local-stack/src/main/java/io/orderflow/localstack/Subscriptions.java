package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow subscriptions}: the subscriptions of each service; an operator pauses and resumes them. */
public final class Subscriptions extends OperatorCommand {

    static final String USAGE = """
            usage: ./orderflow subscriptions COMMAND

              list      the subscriptions of each service, and which of them are paused
              pause TOPIC GROUP
                        its messages stay with the broker, in all instances and over restarts, until it is resumed
              resume TOPIC GROUP
                        handles them
            """ + USAGE_OF_OPTIONS;

    private static final String PATH = "/subscriptions";

    Subscriptions(CommandLine line, Function<String, ServiceClient> ports, PrintStream out) {
        super(line, ports, out);
    }

    public static void main(String[] arguments) {
        main(arguments, USAGE, Subscriptions::parse, Subscriptions::new);
    }

    static CommandLine parse(String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, Set.of(), OPTIONS, arguments);
        String command = line.command("list", "pause", "resume");
        boolean list = command.equals("list");
        if (line.operands().size() != (list ? 0 : 2)) {
            throw line.error(
                    list
                            ? "list takes no operands; see --service."
                            : command + " needs a topic and a group, as listed.");
        }
        return line;
    }

    @Override
    void execute() {
        String command = line.command("list", "pause", "resume");
        if (command.equals("list")) {
            list();
        } else {
            change(command, line.operands().get(0), line.operands().get(1));
        }
    }

    private void list() {
        Table table = new Table("SERVICE", "TOPIC", "GROUP", "MEMBERS", "STATE");
        for (String service : line.services()) {
            attempt(() -> ask(service)
                    .get(PATH)
                    .get("items")
                    .forEach(each -> table.line(
                            service,
                            each.get("topic").asString(),
                            each.get("group").asString(),
                            each.get("members").asInt(),
                            state(each.get("pause")))));
        }
        out.print(table.isEmpty() ? "No subscriptions.\n" : table.toString());
    }

    private static String state(JsonNode pause) {
        return pause.isNull()
                ? "running"
                : pause.get("reason").asString().toLowerCase(Locale.ROOT) + ": "
                        + pause.get("description").asString();
    }

    private void change(String command, String topic, String group) {
        for (String service : line.services()) {
            boolean has = ask(service)
                    .get(PATH)
                    .get("items")
                    .valueStream()
                    .anyMatch(each -> each.get("topic").asString().equals(topic)
                            && each.get("group").asString().equals(group));
            if (has) {
                attempt(() -> {
                    JsonNode changed = ask(service).post(PATH + "/" + topic + "/" + group + "/" + command);
                    out.println("Group '" + group + "' on topic '" + topic + "' of " + service + ": "
                            + state(changed.get("pause")) + ".");
                });
                return;
            }
        }
        fail();
        out.println("No service has a subscription of group '" + group + "' on a topic '" + topic
                + "'. ./orderflow subscriptions list prints all.");
    }
}
