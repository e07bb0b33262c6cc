package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow groups}: who reads each topic, and what waits for them, from a terminal. */
public final class Groups {

    private static final String PATH = "/groups";

    private final GroupArguments arguments;
    private final OperatorCommand command;
    private final PrintStream out;

    private Groups(GroupArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        this.arguments = arguments;
        this.command = new OperatorCommand(ports, out);
        this.out = out;
    }

    public static void main(String[] arguments) {
        OperatorCommand.main(
                arguments, GroupArguments.USAGE, GroupArguments::parse, GroupArguments::portOffset, Groups::run);
    }

    /** Does what was asked for; returns whether all of it was done. */
    static boolean run(GroupArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        Groups run = new Groups(arguments, ports, out);
        if (arguments.removed().isEmpty()) {
            run.list();
        } else {
            run.remove(arguments.removed().get(0), arguments.removed().get(1));
        }
        return run.command.isComplete();
    }

    private void list() {
        Table table = new Table("TOPIC", "GROUP", "BACKLOG", "MEMBERS");
        for (Service service : arguments.services()) {
            groups(service)
                    .forEach(each -> table.line(
                            each.get("topic").asString(),
                            each.get("group").asString(),
                            each.get("messages").asLong(),
                            each.get("hasMembers").asBoolean() ? "yes" : "none"));
        }
        out.print(table.isEmpty() ? "No groups.\n" : table.toString());
    }

    private void remove(String topic, String group) {
        for (Service service : arguments.services()) {
            boolean has = groups(service).stream()
                    .anyMatch(each -> each.get("topic").asString().equals(topic)
                            && each.get("group").asString().equals(group));
            if (has) {
                removeFrom(service, topic, group);
                return;
            }
        }
        command.fail(
                "There is no group '" + group + "' of a topic '" + topic + "'. ./orderflow groups list has them all.");
    }

    private void removeFrom(Service service, String topic, String group) {
        command.attempt(() -> {
            JsonNode removed = command.ask(service).post(PATH + "/" + topic + "/" + group + "/remove");
            out.println("Group '" + group + "' of topic '" + topic + "' is removed, with "
                    + removed.get("messages").asLong() + " message(s) that waited for it.");
        });
    }

    private List<JsonNode> groups(Service service) {
        List<JsonNode> groups = new ArrayList<>();
        command.attempt(() -> command.ask(service).get(PATH).get("items").forEach(groups::add));
        return groups;
    }
}
