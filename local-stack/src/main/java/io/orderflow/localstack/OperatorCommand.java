package io.orderflow.localstack;

import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A command that uses the management ports of services. When a service rejects a request, its reason is printed, the command
 * continues with the next one, and fails at the end.
 */
abstract class OperatorCommand {

    /** Options that every such command has. */
    static final Set<String> OPTIONS = Set.of("service", "port-offset", "url");

    /** The name of the application at {@code --url}: its items are {@code app:17}. */
    static final String APPLICATION = "app";

    static final String USAGE_OF_OPTIONS = """

              --service order|inventory|shipping|email|analytics
                        one service instead of all
              --port-offset N
                        the offset that ./orderflow up was started with
              --url http://HOST:PORT
                        any application that serves the operator API (messaging.operations.enabled), instead of the services;
                        its items are app:ID

            The operator's password is taken from ORDERFLOW_OPERATOR_PASSWORD, else from the file that
            ./orderflow up has written; with --url from ORDERFLOW_OPERATOR_PASSWORD only.
            """;

    @FunctionalInterface
    interface Factory {
        OperatorCommand create(CommandLine line, Function<String, ServiceClient> ports, PrintStream out);
    }

    final CommandLine line;
    final PrintStream out;
    private final Function<String, ServiceClient> ports;
    private boolean complete = true;

    /** @param ports the management port of each service, by name */
    OperatorCommand(CommandLine line, Function<String, ServiceClient> ports, PrintStream out) {
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
            System.exit(
                    factory.create(line, ports(line, System.getenv()), System.out)
                                    .run()
                            ? 0
                            : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** The management ports that the command line names. The password of the local stack is never sent to a URL. */
    static Function<String, ServiceClient> ports(CommandLine line, Map<String, String> environment) {
        if (line.has("url")) {
            ServiceClient application = new ServiceClient(
                    APPLICATION, address(line), Operator.of(environment).orElse(null));
            return name -> {
                if (!name.equals(APPLICATION)) {
                    throw new StackException("'" + name + "' is not at --url: name its items " + APPLICATION + ":ID.");
                }
                return application;
            };
        }
        Operator operator = Operator.known(environment);
        int offset = line.portOffset();
        return name -> {
            if (name.equals(APPLICATION)) {
                throw new StackException("Items of " + APPLICATION + " need --url http://HOST:PORT.");
            }
            Service service = Service.named(name);
            return new ServiceClient(service.module(), service.usualManagementAddress(environment, offset), operator);
        };
    }

    private static URI address(CommandLine line) {
        String url = line.value("url", "");
        if (line.has("service") || line.has("port-offset")) {
            throw line.error("--url replaces --service and --port-offset.");
        }
        if (!url.matches("https?://[^/]+/?")) {
            throw line.error("--url needs http://HOST:PORT, not '" + url + "'.");
        }
        return URI.create(url);
    }

    /** Returns whether all of it was done. */
    final boolean run() {
        execute();
        return complete;
    }

    abstract void execute();

    final ServiceClient ask(String service) {
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
