package io.orderflow.localstack;

import io.orderflow.servers.ServerUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code ./orderflow up}: runs a stack until it is told to end. */
public final class Up {

    private Up() {}

    public static void main(String[] arguments) throws Exception {
        try {
            run(UpArguments.parse(arguments));
        } catch (RuntimeException e) {
            // a sentence for a person; what failed has said the rest in its log
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(UpArguments arguments) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Path folder = Path.of(".orderflow");
        RunFile runFile = RunFile.claim(Folders.created(folder));
        System.out.println("Starting PostgreSQL, " + arguments.broker() + ", a mailbox and four services ...");
        Path logs = Folders.created(folder.resolve("logs"));
        Folders.delete(logs);
        Folders.created(logs);
        LocalStack stack = started(new StackOptions(
                arguments.broker(),
                Path.of(""),
                folder,
                arguments.keepData(),
                PortPlan.fixed(System.getenv(), arguments.portOffset()),
                Operator.of(System.getenv()).map(Operator::settings).orElse(Map.of())));
        Path operator = stack.operator().writeTo(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack, runFile), "end"));
        Thread follower = new Thread(new LogFollower(stack.services(), logs.resolve("all.log"), System.out), "logs");
        follower.setDaemon(true);
        follower.start();
        greet(stack, arguments, operator, Duration.ofNanos(System.nanoTime() - started), logs);
        stack.onUnexpectedEnd(Up::mourn);
        new CountDownLatch(1).await();
    }

    private static LocalStack started(StackOptions options) {
        try {
            return LocalStack.start(options);
        } catch (ServerUnavailableException e) {
            throw new StackException(
                    e.getMessage()
                            + "%nWith Docker nothing has to be installed: BROKER=%s docker compose up --build"
                                    .formatted(options.broker()),
                    e);
        }
    }

    private static void end(LocalStack stack, RunFile runFile) {
        System.out.println("\nEnding the services, then the broker and the database ...");
        stack.close();
        runFile.release();
        System.out.println("All ended.");
    }

    private static void mourn(String name, String lastWords) {
        System.out.printf(
                "%s has ended by itself, or was killed. The others go on, and nothing starts it again. Once you have seen"
                        + " enough: ./orderflow down, then ./orderflow up --keep-data. The end of its log:%n%s%n",
                name, lastWords);
    }

    private static void greet(LocalStack stack, UpArguments arguments, Path operator, Duration took, Path logs) {
        System.out.printf("All UP on %s after %d s.%n%n", arguments.broker(), took.toSeconds());
        stack.services().forEach(service -> System.out.printf("  %-18s %s%n", service.name(), service.address()));
        System.out.printf("  %-18s %s%n", "mails", stack.mails());
        String databases =
                Arrays.stream(Service.values()).map(Service::database).collect(Collectors.joining(", "));
        System.out.printf("  %-18s %s/ (%s)%n", "database", stack.database().address(), databases);
        System.out.printf("  %-18s %s%n", "broker", stack.brokerAddress());
        System.out.printf("  %-18s %s%n", "logs", logs.resolve("all.log"));
        System.out.printf("  %-18s in %s%n%n", "operator", operator);
        String orders = stack.service(Service.ORDER).address() + "/orders";
        System.out.printf(
                """
                Try:
                  curl -i %s -H 'Content-Type: application/json' -d '
                    {"customerId": "ada", "email": "ada@example.org", "priority": "express",
                     "items": [{"sku": "%s", "quantity": 2}]}'
                  ./orderflow demo%s
                  ./orderflow dead-letters list%<s
                Ctrl-C ends all of it.
                """, orders, Demo.SKU, arguments.portOffset() == 0 ? "" : " --port-offset " + arguments.portOffset());
    }
}
