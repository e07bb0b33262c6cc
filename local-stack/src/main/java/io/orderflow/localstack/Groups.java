package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow groups}: who reads each topic, and what waits for them, from a terminal. */
public final class Groups {

    private static final String PATH = "/groups";

    private final GroupArguments arguments;
    private final Function<Service, ManagementPort> ports;
    private final PrintStream out;
    private boolean complete = true;

    private Groups(GroupArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        this.arguments = arguments;
        this.ports = ports;
        this.out = out;
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("help")) {
            System.out.print(GroupArguments.USAGE);
            return;
        }
        try {
            GroupArguments parsed = GroupArguments.parse(arguments);
            Operator operator = Operator.known(System.getenv());
            Function<Service, ManagementPort> ports = service -> new ManagementPort(
                    service, service.usualManagementAddress(System.getenv(), parsed.portOffset()), operator);
            System.exit(run(parsed, ports, System.out) ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Does what was asked for; returns whether all of it was done. */
    static boolean run(GroupArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        Groups run = new Groups(arguments, ports, out);
        if (arguments.removed().isEmpty()) {
            run.list();
        } else {
            run.remove(arguments.removed().get(0), arguments.removed().get(1));
        }
        return run.complete;
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
        complete = false;
        out.println(
                "There is no group '" + group + "' of a topic '" + topic + "'. ./orderflow groups list has them all.");
    }

    private void removeFrom(Service service, String topic, String group) {
        try {
            JsonNode removed = ports.apply(service).post(PATH + "/" + topic + "/" + group + "/remove");
            out.println("Group '" + group + "' of topic '" + topic + "' is removed, with "
                    + removed.get("messages").asLong() + " message(s) that waited for it.");
        } catch (StackException e) {
            complete = false;
            out.println(e.getMessage());
        }
    }

    private List<JsonNode> groups(Service service) {
        try {
            return ports.apply(service).get(PATH).get("items").valueStream().toList();
        } catch (StackException e) {
            complete = false;
            out.println(e.getMessage());
            return List.of();
        }
    }
}
