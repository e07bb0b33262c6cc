package io.orderflow.localstack;

import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./orderflow replay}: lets a group handle a topic again, and prints the progress; then, for analytics-service of the stack,
 * how what was rebuilt differs from the live results.
 */
public final class Replays extends OperatorCommand {

    static final String USAGE = """
            usage: ./orderflow replay TOPIC --into GROUP [--from TIME | --from-position POSITION]
                   ./orderflow replay list
                   ./orderflow replay cancel SERVICE:ID

              --into GROUP
                        the group whose subscription handles the messages again, in a group of the replay's own; without
                        --service it is asked of the service that the group is named after
              --from TIME
                        2026-11-01, 2026-11-01T00:00 in the time zone of this machine, or 2026-11-01T00:00:00Z; without it the
                        replay begins with the first message that the broker keeps
              --from-position POSITION
                        orders-3@1207, as it is printed in the log and in dead letters
            """ + USAGE_OF_OPTIONS;

    private static final String PATH = "/replays";
    private static final long POLL_NANOS = 500_000_000;

    private final Consumer<String> completed;

    /** @param completed called with the name of a service that has completed a replay */
    Replays(CommandLine line, Function<String, ServiceClient> ports, PrintStream out, Consumer<String> completed) {
        super(line, ports, out);
        this.completed = completed;
    }

    public static void main(String[] arguments) {
        main(arguments, USAGE, Replays::parse, Replays::andCompare);
    }

    private static Replays andCompare(CommandLine line, Function<String, ServiceClient> ports, PrintStream out) {
        ServiceClient analytics = new ServiceClient(
                Service.ANALYTICS.module(), Service.ANALYTICS.usualAddress(System.getenv(), line.portOffset()), null);
        return new Replays(line, ports, out, service -> {
            if (service.equals(Service.ANALYTICS.toString())) {
                new RebuiltResults(analytics, out).areLive(null);
            }
        });
    }

    /** Replays on a running stack; returns whether the replay is complete. */
    static boolean run(Function<String, ServiceClient> ports, PrintStream out, String... arguments) {
        return new Replays(parse(arguments), ports, out, service -> {}).run();
    }

    static CommandLine parse(String... arguments) {
        Set<String> options = Stream.concat(OPTIONS.stream(), Stream.of("into", "from", "from-position"))
                .collect(Collectors.toSet());
        CommandLine line = CommandLine.parse(USAGE, Set.of(), options, arguments);
        boolean starts = !Set.of("list", "cancel").contains(line.word());
        if (line.operands().size() != (line.word().equals("cancel") ? 1 : 0)) {
            throw line.error("One topic is replayed, or one SERVICE:ID cancelled.");
        }
        if (starts && !line.has("into")) {
            throw line.error("Name the group that handles the messages again: --into analytics.");
        }
        if (line.has("from")) {
            time(line);
        }
        return line;
    }

    private static Instant time(CommandLine line) {
        String text = line.value("from", "");
        try {
            return text.contains("T")
                    ? zoned(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeParseException e) {
            throw line.error("--from needs a time like 2026-11-01T00:00, not '" + text + "'.");
        }
    }

    private static Instant zoned(String text) {
        return text.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    }

    @Override
    void execute() {
        switch (line.word()) {
            case "list" -> list();
            case "cancel" -> {
                ServiceItem replay = ServiceItem.parse(line.operands().get(0));
                attempt(() -> out.println(
                        describe(replay, ask(replay.service()).post(PATH + "/" + replay.id() + "/cancel"))));
            }
            default -> attempt(() -> replay(line.word(), line.value("into", "")));
        }
    }

    private void list() {
        for (String service : line.services()) {
            attempt(() -> ask(service)
                    .get(PATH)
                    .get("items")
                    .forEach(each -> out.println(
                            describe(new ServiceItem(service, each.get("id").asString()), each))));
        }
    }

    private void replay(String topic, String group) {
        String service = line.has("service") || line.has("url")
                ? line.services().get(0)
                : Service.named(group.split("-", 2)[0]).toString();
        Map<String, String> order = new LinkedHashMap<>(Map.of("topic", topic, "group", group));
        if (line.has("from")) {
            order.put("from", time(line).toString());
        }
        if (line.has("from-position")) {
            order.put("position", line.value("from-position", ""));
        }
        JsonNode job = ask(service).post(PATH, order);
        ServiceItem replay = new ServiceItem(service, job.get("id").asString());
        out.println("The replay runs in the service; 'cancel' stops it.");
        while (job.get("state").asString().equals("RUNNING")) {
            LockSupport.parkNanos(POLL_NANOS);
            job = ask(service).get(PATH + "/" + replay.id());
            out.println(describe(replay, job));
        }
        if (job.get("state").asString().equals("COMPLETED")) {
            completed.accept(service);
        } else {
            fail();
        }
    }

    private static String describe(ServiceItem replay, JsonNode job) {
        long total = job.get("total").asLong();
        long handled = job.get("handled").asLong();
        return String.format(
                "%s %s: %s into %s, %d of %d messages (%d %%), %d failed, %d a second%s%s%s",
                replay,
                job.get("state").asString(),
                job.get("topic").asString(),
                job.get("group").asString(),
                handled,
                total,
                total == 0 ? 100 : Math.min(100, 100 * handled / total),
                job.get("failed").asLong(),
                job.get("perSecond").asLong(),
                job.hasNonNull("secondsLeft") ? ", " + job.get("secondsLeft").asLong() + " s left" : "",
                job.hasNonNull("firstMessageAt")
                        ? ", the first message is of "
                                + job.get("firstMessageAt").asString()
                                + (job.get("truncated").asBoolean() ? ", and earlier ones may have been deleted" : "")
                        : "",
                job.hasNonNull("note") ? ". " + Table.printable(job.get("note").asString()) : "");
    }
}
