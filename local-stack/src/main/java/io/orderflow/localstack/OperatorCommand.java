package io.orderflow.localstack;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/**
 * What the commands of an operator have in common: they ask services over their management ports, go on with the next one
 * when one refuses, and fail at the end if any did.
 */
final class OperatorCommand {

    private final Function<Service, ManagementPort> ports;
    private final PrintStream out;
    private boolean complete = true;

    OperatorCommand(Function<Service, ManagementPort> ports, PrintStream out) {
        this.ports = ports;
        this.out = out;
    }

    /**
     * Runs a command from a terminal and ends this process: with 0 if all that was asked for was done, with 1 if a service
     * refused a part, and with 2 if the command cannot run at all.
     *
     * @param parse reads the arguments
     * @param portOffset which of them is the offset of the ports
     */
    static <A> void main(
            String[] arguments,
            String usage,
            Function<String[], A> parse,
            Function<A, Integer> portOffset,
            Command<A> command) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("help")) {
            System.out.print(usage);
            return;
        }
        try {
            A parsed = parse.apply(arguments);
            Operator operator = Operator.known(System.getenv());
            Function<Service, ManagementPort> ports = service -> new ManagementPort(
                    service, service.usualManagementAddress(System.getenv(), portOffset.apply(parsed)), operator);
            System.exit(command.run(parsed, ports, System.out) ? 0 : 1);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Does what was asked for; returns whether all of it was done. */
    @FunctionalInterface
    interface Command<A> {
        boolean run(A arguments, Function<Service, ManagementPort> ports, PrintStream out);
    }

    ManagementPort ask(Service service) {
        return ports.apply(service);
    }

    /** Does one part; what a service says against it is printed. */
    void attempt(Runnable task) {
        try {
            task.run();
        } catch (StackException e) {
            fail(e.getMessage());
        }
    }

    void fail(String sentence) {
        markIncomplete();
        out.println(sentence);
    }

    void markIncomplete() {
        complete = false;
    }

    boolean isComplete() {
        return complete;
    }
}
