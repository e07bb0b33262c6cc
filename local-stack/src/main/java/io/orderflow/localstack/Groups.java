package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow groups}: the consumer groups of each topic with their backlog. */
public final class Groups extends OperatorCommand {

    static final String USAGE = """
            usage: ./orderflow groups COMMAND

              list      the groups that the brokers have of each service's topics, with their backlog
              remove TOPIC GROUP
                        removes a group that has no members, with its backlog
            """ + USAGE_OF_OPTIONS;

    private static final String PATH = "/groups";

    Groups(CommandLine line, Function<String, ServiceClient> ports, PrintStream out) {
        super(line, ports, out);
    }

    public static void main(String[] arguments) {
        main(arguments, USAGE, Groups::parse, Groups::new);
    }

    static CommandLine parse(String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, Set.of(), OPTIONS, arguments);
        boolean list = line.command("list", "remove").equals("list");
        if (line.operands().size() != (list ? 0 : 2)) {
            throw line.error(
                    list ? "list takes no operands; see --service." : "remove needs a topic and a group, as listed.");
        }
        return line;
    }

    @Override
    void execute() {
        if (line.operands().isEmpty()) {
            list();
        } else {
            remove(line.operands().get(0), line.operands().get(1));
        }
    }

    private void list() {
        Table table = new Table("TOPIC", "GROUP", "BROKER", "BACKLOG", "MEMBERS");
        for (String service : line.services()) {
            groups(service)
                    .forEach(each -> table.line(
                            each.get("topic").asString(),
                            each.get("group").asString(),
                            each.get("broker").asString(),
                            each.get("messages").asLong(),
                            each.get("hasMembers").asBoolean() ? "yes" : "none"));
        }
        out.print(table.isEmpty() ? "No groups.\n" : table.toString());
    }

    private void remove(String topic, String group) {
        for (String service : line.services()) {
            boolean has = groups(service).stream()
                    .anyMatch(each -> each.get("topic").asString().equals(topic)
                            && each.get("group").asString().equals(group));
            if (has) {
                attempt(() -> {
                    JsonNode removed = ask(service).post(PATH + "/" + topic + "/" + group + "/remove");
                    out.println("Group '" + group + "' of topic '" + topic + "' is removed, with a backlog of "
                            + removed.get("messages").asLong() + " message(s).");
                });
                return;
            }
        }
        fail();
        out.println(
                "There is no group '" + group + "' of a topic '" + topic + "'. ./orderflow groups list prints all.");
    }

    private List<JsonNode> groups(String service) {
        List<JsonNode> groups = new ArrayList<>();
        attempt(() -> ask(service).get(PATH).get("items").forEach(groups::add));
        return groups;
    }
}
