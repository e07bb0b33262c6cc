package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A command that uses the management ports of services. When a service rejects a request, its reason is printed, the command
 * continues with the next one, and fails at the end.
 */
abstract class OperatorCommand {

    /** Options that every such command has. */
    static final Set<String> OPTIONS = Set.of("service", "port-offset");

    static final String USAGE_OF_OPTIONS = """

              --service order|inventory|shipping|email|analytics
                        one service instead of all
              --port-offset N
                        the offset that ./orderflow up was started with

            The operator's password is taken from ORDERFLOW_OPERATOR_PASSWORD, else from the file that
            ./orderflow up has written.
            """;

    @FunctionalInterface
    interface Factory {
        OperatorCommand create(CommandLine line, Function<Service, ServiceClient> ports, PrintStream out);
    }

    final CommandLine line;
    final PrintStream out;
    private final Function<Service, ServiceClient> ports;
    private boolean complete = true;

    /** @param ports the management port of each service */
    OperatorCommand(CommandLine line, Function<Service, ServiceClient> ports, PrintStream out) {
        this.line = line;
        this.ports = ports;
        this.out = out;
    }

    /**
     * Runs a command from a terminal and ends this process: with 0 if all of it was done, with 1 if a service rejected a
     * part, and with 2 if the command cannot run at all.
     */
    static void main(String[] arguments, String usage, Function<String[], CommandLine> parse, Factory factory) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("help")) {
            System.out.print(usage);
            return;
        }
        try {
            CommandLine line = parse.apply(arguments);
            Operator operator = Operator.known(System.getenv());
            int offset = line.portOffset();
            Function<Service, ServiceClient> ports = service -> new ServiceClient(
                    service.module(), service.usualManagementAddress(System.getenv(), offset), operator);
            System.exit(factory.create(line, ports, System.out).run() ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Returns whether all of it was done. */
    final boolean run() {
        execute();
        return complete;
    }

    abstract void execute();

    final ServiceClient ask(Service service) {
        return ports.apply(service);
    }

    /** Performs one part; prints the reason if the service rejects it. */
    final void attempt(Runnable task) {
        try {
            task.run();
        } catch (StackException e) {
            fail();
            out.println(e.getMessage());
        }
    }

    final void fail() {
        complete = false;
    }

    final boolean isComplete() {
        return complete;
    }
}
