package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code ./orderflow mail}: lists the mails that the stack's mail server has received, or makes it refuse mails. */
public final class Mails {

    static final String REFUSE = "refuse";
    static final String ACCEPT = "accept";

    private static final String LIST = "list";
    private static final String USAGE = """
            usage: ./orderflow mail COMMAND

              list [--port-offset N]
                        the subjects of all mails
              refuse CODE
                        every mail is refused with this SMTP reply: 451 asks the sender to try again, 550 is final
              accept    mails are accepted again
            """;

    private Mails() {}

    public static void main(String[] arguments) {
        try {
            CommandLine line = parse(arguments);
            if (line.word().equals(LIST)) {
                Shop.usual(System.getenv(), line.portOffset()).mailsAbout("").forEach(System.out::println);
            } else {
                System.out.println(StackControl.send(Path.of(".orderflow"), List.of(arguments)));
            }
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static CommandLine parse(String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, Set.of(), Set.of("port-offset"), arguments);
        boolean refuse = line.command(LIST, REFUSE, ACCEPT).equals(REFUSE);
        if (line.operands().size() != (refuse ? 1 : 0)) {
            throw line.error(refuse ? "refuse needs an SMTP reply." : line.word() + " takes no operands.");
        }
        if (refuse && !line.operands().get(0).matches("[45]\\d\\d")) {
            throw line.error("An SMTP reply that refuses is from 400 to 599, not '"
                    + line.operands().get(0) + "'.");
        }
        return line;
    }
}
