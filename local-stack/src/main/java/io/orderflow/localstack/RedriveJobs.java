package io.orderflow.localstack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** The jobs with which services redrive dead letters by a filter. */
record RedriveJobs(OperatorCommand command) {

    private static final String JOBS = "/dead-letters/redrives";
    private static final long POLL_NANOS = 500_000_000;

    /** Redrives the dead letters that match the filter, and waits until the services have done so. */
    void redrive(Map<String, String> filter) {
        CommandLine line = command.line;
        Map<String, Object> order = new LinkedHashMap<>(filter);
        order.put("dryRun", line.has("dry-run"));
        order.put("stopOnFailure", !line.has("go-on"));
        if (line.has("first")) {
            order.put("first", line.number("first", 0));
        }
        if (line.has("rate")) {
            order.put("perSecond", line.number("rate", 0));
        }
        List<ServiceItem> started = new ArrayList<>();
        for (String service : line.services()) {
            command.attempt(() -> {
                JsonNode job = command.ask(service).post(JOBS, order);
                int matched = job.get("matched").asInt();
                int refused = job.get("refused").asInt();
                ServiceItem name = new ServiceItem(service, job.get("id").asString());
                if (line.has("dry-run")) {
                    command.out.printf("%s: %d would be redriven, %d refused%n", service, matched - refused, refused);
                } else if (matched > 0) {
                    started.add(name);
                    command.out.println(name + " redrives " + matched);
                }
            });
        }
        if (!started.isEmpty()) {
            command.out.println("The jobs run in the services; 'cancel' stops one.");
            started.forEach(job -> command.attempt(() -> follow(job)));
        }
    }

    private void follow(ServiceItem job) {
        JsonNode state = job(job);
        while (state.get("state").asString().equals("RUNNING")) {
            LockSupport.parkNanos(POLL_NANOS);
            state = job(job);
        }
        command.out.println(describe(job, state));
        if (!state.get("state").asString().equals("COMPLETED")) {
            command.fail();
        }
    }

    private JsonNode job(ServiceItem job) {
        return command.ask(job.service()).get(JOBS + "/" + job.id());
    }

    void cancel(ServiceItem job) {
        command.out.println(describe(job, command.ask(job.service()).post(JOBS + "/" + job.id() + "/cancel")));
    }

    /** Prints the latest jobs. */
    void list() {
        for (String service : command.line.services()) {
            command.attempt(() -> command.ask(service)
                    .get(JOBS)
                    .get("items")
                    .forEach(job -> command.out.println(
                            describe(new ServiceItem(service, job.get("id").asString()), job))));
        }
    }

    private static String describe(ServiceItem job, JsonNode state) {
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
}
