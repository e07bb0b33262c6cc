package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code ./orderflow stop}, {@code kill}, {@code start} and {@code duplicate}: break and repair parts of the stack that
 * {@code ./orderflow up} has started in this folder.
 */
public final class PartsCommand {

    static final String STOP = "stop";
    static final String KILL = "kill";
    static final String START = "start";
    static final String DUPLICATE = "duplicate";

    private static final String USAGE = """
            usage: ./orderflow stop|kill PART
                   ./orderflow start PART [PROPERTY=VALUE ...]
                   ./orderflow duplicate SERVICE

              PART      order, inventory, shipping, email, analytics, broker or database
              PROPERTY  of the service, until it is started again, like shipping.carrier.delay=5s
              duplicate sends what is in the outbox of the service twice
            """;

    private PartsCommand() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(StackControl.send(Path.of(".orderflow"), command(arguments)));
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static List<String> command(String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, Set.of(), Set.of(), arguments);
        String verb = line.command(STOP, KILL, START, DUPLICATE);
        List<String> operands = line.operands();
        if (operands.isEmpty()) {
            throw line.error(verb + " needs the name of a part.");
        }
        if (operands.size() > 1 && !verb.equals(START)) {
            throw line.error("'" + operands.get(1) + "' is not expected here.");
        }
        return List.of(arguments);
    }
}
