package io.orderflow.localstack;

import io.orderflow.servers.Folders;
import io.orderflow.servers.ServerUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** {@code ./orderflow up}: runs a stack until this process gets a SIGTERM or SIGINT. */
public final class Up {

    private static final String USAGE =
            "usage: ./orderflow up [--broker kafka|rabbitmq|redis|sqs] [--work-queues BROKER] [--port-offset N]"
                    + " [--keep-data [--drain-from BROKER]] [--telemetry] [--secured]\n";

    /** So short that ./orderflow demo scheduled shows reminders. */
    private static final String REMINDER_AFTER = "ORDERS_SHIPPINGREMINDER_AFTER";

    private final Broker broker;
    private final Broker workQueues;
    private final @Nullable Broker drainFrom;
    private final int portOffset;
    private final boolean keepData;
    private final boolean telemetry;
    private final boolean secured;

    Up(String... arguments) {
        CommandLine line = CommandLine.parse(
                        USAGE,
                        Set.of("keep-data", "telemetry", "secured"),
                        Set.of("broker", "work-queues", "drain-from", "port-offset"),
                        arguments)
                .withoutWords();
        broker = Broker.named(line.value("broker", "kafka"));
        workQueues = Broker.named(line.value("work-queues", broker.toString()));
        portOffset = line.portOffset();
        keepData = line.has("keep-data");
        telemetry = line.has("telemetry");
        secured = line.has("secured");
        drainFrom = line.has("drain-from") ? Broker.named(line.value("drain-from", "")) : null;
        if (drainFrom != null && !keepData) {
            throw line.error("--drain-from needs --keep-data: without it there is nothing to drain.");
        }
    }

    public static void main(String[] arguments) throws Exception {
        try {
            new Up(arguments).run();
        } catch (RuntimeException e) {
            // the log of the failed part has the details
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    StackOptions options(Path folder) {
        return options(folder, null);
    }

    private StackOptions options(Path folder, @Nullable Telemetry traces) {
        Map<String, String> settings = settings(System.getenv());
        if (traces != null) {
            settings.putAll(Telemetry.settings(traces.address()));
        }
        if (secured) {
            settings.putAll(TokenKey.inOrNew(folder).settings());
        } else {
            TokenKey.deleteFrom(folder);
        }
        return new StackOptions(broker, Path.of(""), folder, keepData, ports(), settings).with(workQueues, drainFrom);
    }

    private static Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings =
                new HashMap<>(Operator.of(environment).map(Operator::settings).orElse(Map.of()));
        String after = environment.getOrDefault(REMINDER_AFTER, ScheduledDemo.REMINDER_AFTER);
        settings.put(REMINDER_AFTER, after);
        return settings;
    }

    private PortPlan ports() {
        return PortPlan.fixed(System.getenv(), portOffset);
    }

    private void run() throws IOException, InterruptedException {
        long started = System.nanoTime();
        Path folder = Path.of(".orderflow");
        RunFile runFile = RunFile.claim(Folders.created(folder));
        System.out.println("Starting PostgreSQL, " + brokers() + ", a mail server and five services ...");
        FileSystemUtils.deleteRecursively(folder.resolve("logs"));
        Path log = Folders.created(folder.resolve("logs")).resolve("all.log");
        Telemetry traces = telemetry ? Telemetry.start(ports(), folder) : null;
        LocalStack stack = start(options(folder, traces));
        Path operator = stack.operator().writeTo(folder);
        Prometheus metrics = metrics(stack, folder);
        StackControl control = StackControl.listen(folder, new Parts(stack)::execute);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack, control, traces, metrics, runFile), "end"));
        Thread follower = new Thread(new LogFollower(stack.services(), log, System.out), "logs");
        follower.setDaemon(true);
        follower.start();
        ServiceProcess console = stack.startConsole();
        System.out.printf(
                "All UP on %s after %d s.%n%n",
                brokers(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
        System.out.printf("  %-18s %s/%n", "shop", stack.service(Service.ORDER).address());
        printAddresses(stack);
        System.out.printf("  %-18s %s%n", "console", console.address());
        if (traces != null) {
            System.out.printf("  %-18s %s%n", "traces", traces.address());
            System.out.printf(
                    "  %-18s %s%n",
                    "alerts",
                    metrics == null
                            ? "not evaluated: there is no program prometheus (Debian: apt-get install prometheus)"
                            : metrics.address().resolve("/alerts"));
        }
        System.out.printf("  %-18s %s%n", "logs", log);
        System.out.printf("  %-18s in %s%n%n", "operator", operator);
        printExamples(stack);
        stack.onUnexpectedEnd(Up::reportEnd);
        new CountDownLatch(1).await();
    }

    private String brokers() {
        return broker
                + (workQueues == broker ? "" : " with the work queues on " + workQueues)
                + (drainFrom == null ? "" : " instead of " + drainFrom);
    }

    private LocalStack start(StackOptions options) {
        try {
            return LocalStack.start(options);
        } catch (ServerUnavailableException e) {
            throw new StackException(
                    e.getMessage() + "\nDocker needs no installed servers: BROKER=" + broker
                            + " docker compose up --build",
                    e);
        }
    }

    private @Nullable Prometheus metrics(LocalStack stack, Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder.resolve("prometheus"));
        return telemetry && Prometheus.isInstalled()
                ? Prometheus.start(stack, ports(), folder, Prometheus.ALERTS)
                : null;
    }

    private static void end(
            LocalStack stack,
            StackControl control,
            @Nullable Telemetry traces,
            @Nullable Prometheus metrics,
            RunFile runFile) {
        System.out.println("\nEnding the services, then the broker and the database ...");
        control.close();
        stack.close();
        if (traces != null) {
            traces.close();
        }
        if (metrics != null) {
            metrics.close();
        }
        runFile.release();
        System.out.println("All ended.");
    }

    private static void reportEnd(String name, String logTail) {
        System.out.printf(
                "%s has ended unexpectedly. The other processes continue, and it is not restarted. To restart all:"
                        + " ./orderflow down, then ./orderflow up --keep-data. The end of its log:%n%s%n",
                name, logTail);
    }

    private static void printAddresses(LocalStack stack) {
        stack.services().forEach(service -> System.out.printf("  %-18s %s%n", service.name(), service.address()));
        System.out.printf("  %-18s %s%n", "mails", stack.mails());
        String databases =
                Arrays.stream(Service.values()).map(Service::database).collect(Collectors.joining(", "));
        System.out.printf("  %-18s %s/ (%s)%n", "database", stack.database().address(), databases);
        stack.brokerAddresses().forEach((broker, address) -> System.out.printf("  %-18s %s%n", broker, address));
    }

    private void printExamples(LocalStack stack) {
        System.out.printf(
                """
                Try:
                  curl -i %s/orders -H 'Content-Type: application/json'%s -d '
                    {"customerId": "ada", "email": "ada@example.org", "priority": "express",
                     "items": [{"sku": "%s", "quantity": 2}]}'
                  ./orderflow demo%s
                  ./orderflow dead-letters list%<s
                Ctrl-C ends the stack.
                """,
                stack.service(Service.ORDER).address(),
                secured ? " -H \"Authorization: Bearer $(./orderflow token --as customer:ada)\"" : "",
                Demo.SKU,
                portOffset == 0 ? "" : " --port-offset " + portOffset);
    }
}
