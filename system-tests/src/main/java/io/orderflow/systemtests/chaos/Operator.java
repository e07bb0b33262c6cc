package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who redrives everything at the end, by the services' management ports. */
final class Operator {

    private static final String PASSWORD = "chaos-operator";

    /** What the services have to be told, so that they let this operator in. */
    static final Map<String, String> SETTINGS = Map.of("ORDERFLOW_OPERATOR_PASSWORD", PASSWORD);

    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWERING = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long BETWEEN_LOOKS_MILLIS = 500;
    private static final String REDRIVES = "/dead-letters/redrives";
    private static final String EVERYTHING = "{\"stopOnFailure\": false, \"perSecond\": 100}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;

    Operator(LocalStack stack) {
        this.stack = stack;
    }

    /** Redrives all dead letters of all services once, and answers how many that were. */
    int redriveEverything() throws IOException, InterruptedException {
        int redriven = 0;
        for (Service service : Service.values()) {
            URI management = stack.service(service).management();
            JsonNode job = ask(HttpRequest.newBuilder(management.resolve(REDRIVES))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(EVERYTHING)));
            URI progress = management.resolve(REDRIVES + "/" + job.get("id").asString());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (job.get("state").asString().equals("RUNNING")) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the redrive " + progress + " does not end: " + job);
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
                job = ask(HttpRequest.newBuilder(progress));
            }
            redriven += job.get("redriven").asInt();
        }
        return redriven;
    }

    private JsonNode ask(HttpRequest.Builder asking) throws IOException, InterruptedException {
        HttpRequest request =
                asking.timeout(ANSWERING).header("Authorization", AUTHORIZATION).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri() + " was answered with " + response.statusCode()
                    + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
