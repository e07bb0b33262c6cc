package io.orderflow.localstack;

import io.orderflow.localstack.DeadLetterArguments.Letter;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** {@code ./orderflow dead-letters}: what the services could not handle, from a terminal. */
public final class DeadLetters {

    private static final String PATH = "/dead-letters";
    private static final int PAGE_SIZE = 50;
    private static final long BREATH_NANOS = 500_000_000;

    private final DeadLetterArguments arguments;
    private final OperatorCommand command;
    private final PrintStream out;

    private DeadLetters(DeadLetterArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        this.arguments = arguments;
        this.command = new OperatorCommand(ports, out);
        this.out = out;
    }

    public static void main(String[] arguments) {
        OperatorCommand.main(
                arguments,
                DeadLetterArguments.USAGE,
                DeadLetterArguments::parse,
                DeadLetterArguments::portOffset,
                DeadLetters::run);
    }

    /** The same for a stack of the caller's: prints there, and answers whether all that was asked for was done. */
    public static boolean run(LocalStack stack, PrintStream out, String... arguments) {
        return run(
                DeadLetterArguments.parse(arguments),
                service -> new ManagementPort(service, stack.service(service).management(), stack.operator()),
                out);
    }

    /** Does what was asked for; answers whether all of it was done. */
    static boolean run(DeadLetterArguments arguments, Function<Service, ManagementPort> ports, PrintStream out) {
        DeadLetters run = new DeadLetters(arguments, ports, out);
        switch (arguments.command()) {
            case "list" -> run.list();
            case "show" -> arguments.letters().forEach(letter -> run.command.attempt(() -> run.show(letter)));
            case "jobs" -> run.jobs();
            case "cancel" -> arguments.letters().forEach(job -> run.command.attempt(() -> run.cancel(job)));
            case "redrive" -> {
                if (arguments.letters().isEmpty()) {
                    run.redriveMany();
                } else {
                    arguments
                            .letters()
                            .forEach(letter -> run.command.attempt(() -> run.decide(
                                    letter,
                                    arguments.options().containsKey("anyway") ? "redrive?anyway=true" : "redrive")));
                }
            }
            default -> arguments.letters().forEach(letter -> run.command.attempt(() -> run.decide(letter, "discard")));
        }
        return run.command.isComplete();
    }

    private void list() {
        Table letters = new Table("DEAD LETTER", "STATE", "GROUP", "TYPE", "FAILED", "LAST", "WHAT");
        Table similar = new Table("NUMBER", "FINGERPRINT", "SERVICE", "WHAT");
        long[] total = {0};
        for (Service service : arguments.services()) {
            command.attempt(() -> {
                JsonNode page = command.ask(service).get(PATH + query());
                total[0] += page.get("total").asLong();
                page.get("items")
                        .forEach(each -> letters.line(
                                new Letter(service, each.get("id").asString()),
                                each.get("state").asString(),
                                each.get("group").asString(),
                                each.path("type").asString("-"),
                                each.get("failures").asInt(),
                                time(each.get("lastFailure")),
                                what(each)));
                page.get("fingerprints")
                        .forEach(each -> similar.line(
                                each.get("number").asLong(),
                                each.get("fingerprint").asString(),
                                DeadLetterArguments.name(service),
                                what(each)));
            });
        }
        if (letters.isEmpty()) {
            if (total[0] > 0) {
                out.println("None on this page, of " + total[0] + ".");
            } else if (command.isComplete()) {
                out.println("No dead letters.");
            }
            return;
        }
        out.println(letters);
        out.println("In all " + total[0] + ", by what failed:");
        out.print(similar);
    }

    private String query() {
        Map<String, String> parameters = new LinkedHashMap<>(arguments.filter());
        String state = arguments.options().getOrDefault("state", "waiting").toUpperCase(Locale.ROOT);
        if (!state.equals("ALL")) {
            parameters.put("state", state);
        }
        parameters.put("size", Integer.toString(PAGE_SIZE));
        parameters.put("page", Integer.toString(arguments.number("page", 0)));
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private void show(Letter letter) {
        JsonNode details = command.ask(letter.service()).get(path(letter));
        out.println(letter);
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
                payload.get("truncated").asBoolean() ? ", the beginning" : "",
                Table.printable(payload.path("content").asString("")));
        out.println("history");
        details.get("history")
                .forEach(each -> print(
                        "  " + time(each.get("at")),
                        each.get("action").asString() + " by " + each.get("who").asString()));
    }

    private void print(String name, String value) {
        out.printf("  %-16s %s%n", Table.printable(name), Table.printable(value));
    }

    private void decide(Letter letter, String decision) {
        JsonNode done = command.ask(letter.service()).post(path(letter) + "/" + decision);
        out.println(letter + " is " + done.get("state").asString());
    }

    private void redriveMany() {
        Map<String, Object> order = new LinkedHashMap<>(arguments.filter());
        order.put("dryRun", arguments.options().containsKey("dry-run"));
        order.put("stopOnFailure", !arguments.options().containsKey("go-on"));
        if (arguments.options().containsKey("rate")) {
            order.put("perSecond", arguments.number("rate", 0));
        }
        List<Letter> begun = new ArrayList<>();
        for (Service service : arguments.services()) {
            command.attempt(() -> {
                JsonNode job = command.ask(service).post(PATH + "/redrives", order);
                Letter name = new Letter(service, job.get("id").asString());
                if (order.get("dryRun").equals(true)) {
                    out.printf(
                            "%s: %d would be redriven, %d refused%n",
                            DeadLetterArguments.name(service),
                            job.get("matched").asInt() - job.get("refused").asInt(),
                            job.get("refused").asInt());
                } else if (job.get("matched").asInt() > 0) {
                    begun.add(name);
                    out.println(name + " begins with " + job.get("matched").asInt());
                }
            });
        }
        if (!begun.isEmpty()) {
            out.println("These go on by themselves; cancel ends one.");
            begun.forEach(job -> command.attempt(() -> follow(job)));
        }
    }

    private void follow(Letter job) {
        JsonNode state = job(job);
        while (state.get("state").asString().equals("RUNNING")) {
            LockSupport.parkNanos(BREATH_NANOS);
            state = job(job);
        }
        out.println(describe(job, state));
        if (!state.get("state").asString().equals("COMPLETED")) {
            command.markIncomplete();
        }
    }

    private JsonNode job(Letter job) {
        return command.ask(job.service()).get(PATH + "/redrives/" + job.id());
    }

    private void cancel(Letter job) {
        out.println(describe(job, command.ask(job.service()).post(PATH + "/redrives/" + job.id() + "/cancel")));
    }

    private void jobs() {
        for (Service service : arguments.services()) {
            command.attempt(() -> command.ask(service)
                    .get(PATH + "/redrives")
                    .get("items")
                    .forEach(job -> out.println(
                            describe(new Letter(service, job.get("id").asString()), job))));
        }
    }

    private static String describe(Letter job, JsonNode state) {
        return String.format(
                "%s %s: %d of %d redriven, %d refused, %d failed again%s",
                job,
                state.get("state").asString(),
                state.get("redriven").asInt(),
                state.get("matched").asInt(),
                state.get("refused").asInt(),
                state.get("failedAgain").asInt(),
                state.hasNonNull("note")
                        ? ". " + Table.printable(state.get("note").asString())
                        : "");
    }

    private static String what(JsonNode letter) {
        return letter.hasNonNull("exception")
                ? letter.get("exception").asString().replaceFirst(".*\\.", "") + " at "
                        + letter.path("place").asString("-").replaceFirst("^.*\\.(?=[^.]*#)", "")
                : letter.get("reason").asString();
    }

    private static String time(JsonNode instant) {
        return instant.asString().replaceFirst("\\.\\d+Z$", "Z");
    }

    private static String path(Letter letter) {
        return PATH + "/" + letter.id();
    }
}
