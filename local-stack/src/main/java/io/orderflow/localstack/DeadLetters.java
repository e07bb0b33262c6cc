package io.orderflow.localstack;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow dead-letters}: lists, shows, redrives and discards the services' dead letters. */
public final class DeadLetters extends OperatorCommand {

    static final String USAGE = """
            usage: ./orderflow dead-letters COMMAND

              list    [FILTER] [--state waiting|redriven|discarded|all] [--page N]
                        waiting ones, if no state is given; and how many have the same cause
              show    SERVICE:ID
                        one with its failure, headers, payload and history
              redrive SERVICE:ID ... [--anyway]
                        sends them to their group again with a new count of attempts; --anyway: even one that may have been
                        handled before it was collected
              redrive FILTER|--all [--first N] [--dry-run] [--rate N] [--go-on]
                        all waiting ones that match, or the first N, at a rate of N a second (50); stops when one fails again, except with --go-on
              discard SERVICE:ID ...
                        marks them as not to be handled
              jobs      the latest redrives by filter
              cancel  SERVICE:JOB

              FILTER    --group G --topic T --type T --fingerprint F --key K --text T
                        --from TIME --to TIME (2026-11-21T10:00:00Z)
            """ + USAGE_OF_OPTIONS;

    private static final Set<String> FILTERS =
            Set.of("group", "topic", "type", "fingerprint", "key", "text", "from", "to");
    private static final String PATH = "/dead-letters";
    private static final int PAGE_SIZE = 50;

    private final RedriveJobs jobs = new RedriveJobs(this);

    DeadLetters(CommandLine line, Function<String, ServiceClient> ports, PrintStream out) {
        super(line, ports, out);
    }

    public static void main(String[] arguments) {
        main(arguments, USAGE, DeadLetters::parse, DeadLetters::new);
    }

    /** Runs the command on a stack; returns whether all of it was done. */
    public static boolean run(LocalStack stack, PrintStream out, String... arguments) {
        return new DeadLetters(parse(arguments), name -> stack.management(Service.named(name)), out).run();
    }

    static CommandLine parse(String... arguments) {
        Set<String> valued = Stream.of(FILTERS, OPTIONS, Set.of("state", "page", "rate", "first"))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        CommandLine line = CommandLine.parse(USAGE, Set.of("all", "anyway", "dry-run", "go-on"), valued, arguments);
        String command = line.command("list", "show", "redrive", "discard", "jobs", "cancel");
        boolean selects = !line.options(FILTERS).isEmpty() || line.has("all");
        boolean needsItems =
                Set.of("show", "discard", "cancel").contains(command) || command.equals("redrive") && !selects;
        if (needsItems && line.operands().isEmpty()) {
            throw line.error("Name it as the list does, like inventory:17"
                    + (command.equals("redrive") ? ", or give a filter, or --all." : "."));
        }
        if (command.equals("redrive") && selects && !line.operands().isEmpty()) {
            throw line.error("Either name dead letters or give a filter, not both.");
        }
        line.operands().forEach(ServiceItem::parse);
        return line;
    }

    @Override
    void execute() {
        List<ServiceItem> items =
                line.operands().stream().map(ServiceItem::parse).toList();
        switch (line.command("list", "show", "redrive", "discard", "jobs", "cancel")) {
            case "list" -> list();
            case "jobs" -> jobs.list();
            case "show" -> items.forEach(each -> attempt(() -> show(each)));
            case "cancel" -> items.forEach(job -> attempt(() -> jobs.cancel(job)));
            case "discard" -> items.forEach(each -> attempt(() -> decide(each, "discard")));
            default -> {
                String decision = line.has("anyway") ? "redrive?anyway=true" : "redrive";
                items.forEach(each -> attempt(() -> decide(each, decision)));
                if (items.isEmpty()) {
                    jobs.redrive(line.options(FILTERS));
                }
            }
        }
    }

    private void list() {
        Table letters = new Table("DEAD LETTER", "STATE", "GROUP", "TYPE", "FAILED", "LAST", "CAUSE");
        Table causes = new Table("NUMBER", "FINGERPRINT", "SERVICE", "CAUSE");
        long[] total = {0};
        for (String service : line.services()) {
            attempt(() -> {
                JsonNode page = ask(service).get(PATH + query());
                total[0] += page.get("total").asLong();
                page.get("items")
                        .forEach(each -> letters.line(
                                new ServiceItem(service, each.get("id").asString()),
                                each.get("state").asString(),
                                each.get("group").asString(),
                                each.path("type").asString("-"),
                                each.get("failures").asInt(),
                                Table.time(each.get("lastFailure")),
                                cause(each)));
                page.get("fingerprints")
                        .forEach(each -> causes.line(
                                each.get("number").asLong(),
                                each.get("fingerprint").asString(),
                                service,
                                cause(each)));
            });
        }
        if (!letters.isEmpty()) {
            out.println(letters);
            out.println("In all " + total[0] + ", by cause:");
            out.print(causes);
        } else if (total[0] > 0) {
            out.println("None on this page, of " + total[0] + ".");
        } else if (isComplete()) {
            out.println("No dead letters.");
        }
    }

    private String query() {
        Map<String, String> parameters = line.options(FILTERS);
        String state = line.value("state", "waiting").toUpperCase(Locale.ROOT);
        if (!state.equals("ALL")) {
            parameters.put("state", state);
        }
        parameters.put("size", Integer.toString(PAGE_SIZE));
        parameters.put("page", Long.toString(line.number("page", 0)));
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private void show(ServiceItem item) {
        JsonNode details = ask(item.service()).get(PATH + "/" + item.id());
        out.println(item);
        details.get("letter")
                .properties()
                .forEach(each -> print(each.getKey(), each.getValue().asString("")));
        print("sentAt", details.get("sentAt").asString());
        out.println("headers");
        details.get("headers")
                .properties()
                .forEach(each -> print("  " + each.getKey(), each.getValue().asString()));
        JsonNode payload = details.get("payload");
        out.printf(
                "payload (%d bytes, %s%s)%n%s%n",
                payload.get("size").asInt(),
                payload.get("encoding").asString(),
                payload.get("truncated").asBoolean() ? ", truncated" : "",
                Table.printable(payload.path("content").asString("")));
        out.println("history");
        details.get("history")
                .forEach(each -> print(
                        "  " + Table.time(each.get("at")),
                        each.get("action").asString() + " by " + each.get("who").asString()));
    }

    private void print(String name, String value) {
        out.printf("  %-16s %s%n", Table.printable(name), Table.printable(value));
    }

    private void decide(ServiceItem item, String decision) {
        JsonNode done = ask(item.service()).post(PATH + "/" + item.id() + "/" + decision);
        out.println(item + " is " + done.get("state").asString());
    }

    private static String cause(JsonNode letter) {
        return letter.hasNonNull("exception")
                ? letter.get("exception").asString().replaceFirst(".*\\.", "") + " at "
                        + letter.path("place").asString("-").replaceFirst("^.*\\.(?=[^.]*#)", "")
                : letter.get("reason").asString();
    }
}
