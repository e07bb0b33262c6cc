package io.orderflow.localstack;

import java.util.Arrays;

/** The main class of the tools image: the commands of {@code ./orderflow} that use a running stack over HTTP. */
public final class Tools {

    private static final String USAGE = """
            usage: docker compose run --rm tools COMMAND

              demo            places some orders and prints the timeline of each
              dead-letters list|show|redrive|discard [--help]
              groups list|remove [--help]
              subscriptions list|pause|resume [--help]
              outbox parked|release|delete [--help]
              token --as customer:NAME|service:NAME|reader:NAME|operator:NAME
            """;

    private Tools() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (command) {
            case "demo" -> Demo.main(rest);
            case "dead-letters" -> DeadLetters.main(rest);
            case "groups" -> Groups.main(rest);
            case "subscriptions" -> Subscriptions.main(rest);
            case "outbox" -> Outbox.main(rest);
            case "token" -> Token.main(rest);
            case "token-key" -> TokenKey.inOrNew(Token.FOLDER); // a service of docker-compose.yml
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }
}
