package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.ServiceClient;
import io.orderflow.localstack.StackException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Redrives the dead letters of all services over their management ports, as an operator does. */
final class Redrive {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 500;
    private static final String JOBS = "/dead-letters/redrives";

    private Redrive() {}

    /** Redrives all dead letters once; returns their number. */
    static int everything(LocalStack stack) throws InterruptedException {
        int redriven = 0;
        for (Service service : Service.values()) {
            ServiceClient management = stack.management(service);
            JsonNode job = management.post(JOBS, Map.of("stopOnFailure", false, "perSecond", 100));
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (job.get("state").asString().equals("RUNNING")) {
                if (System.nanoTime() > deadline) {
                    throw new StackException("The redrive of " + service + " does not end: " + job);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                job = management.get(JOBS + "/" + job.get("id").asString());
            }
            redriven += job.get("redriven").asInt();
        }
        return redriven;
    }
}
