package io.orderflow.console.services;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of one service. Each method throws {@link ServiceUnreachableException} if the service does not answer, and
 * {@link RefusedException} if it refuses the request.
 */
public final class MonitoredService {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DEAD_LETTERS = "/dead-letters";
    private static final String REDRIVES = DEAD_LETTERS + "/redrives";

    private final String name;
    private final URI api;
    private final URI management;
    private final RestClient operator;

    MonitoredService(
            String name, ConsoleProperties.Addresses addresses, OperatorAccount account, RestClient.Builder http) {
        this.name = name;
        this.api = addresses.api();
        this.management = addresses.management();
        http.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
            throw new RefusedException(response.getStatusCode().value(), reason(response));
        });
        this.operator = http.defaultHeaders(headers -> headers.setBasicAuth(account.user(), account.secret()))
                .build();
    }

    /** Its short name, {@code order} for order-service. */
    public String name() {
        return name;
    }

    /** Its health with the details that operators see; its status is DOWN if a part of it is. */
    public Health health() {
        return call(() -> operator.get()
                .uri(management.resolve("/actuator/health"))
                .exchange((request, response) -> Health.of(JSON.readTree(response.getBody()))));
    }

    /** Its metrics in Prometheus' text format. */
    public String metrics() {
        return call(() -> operator.get()
                .uri(management.resolve("/actuator/prometheus"))
                .accept(MediaType.TEXT_PLAIN)
                .retrieve()
                .requiredBody(String.class));
    }

    public DeadLetterPage deadLetters(DeadLetterFilter filter, int page, int size) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromUri(management.resolve(DEAD_LETTERS))
                .queryParam("page", page)
                .queryParam("size", size);
        filter.parameters().forEach((parameter, value) -> uri.queryParam(parameter, "{" + parameter + "}"));
        return call(() -> operator.get()
                .uri(uri.encode().buildAndExpand(filter.parameters()).toUri())
                .retrieve()
                .requiredBody(DeadLetterPage.class));
    }

    public DeadLetterDetails deadLetter(long id) {
        return get(DEAD_LETTERS + "/" + id, DeadLetterDetails.class);
    }

    public void redrive(long id, boolean anyway) {
        post(DEAD_LETTERS + "/" + id + "/redrive?anyway=" + anyway);
    }

    public void discard(long id) {
        post(DEAD_LETTERS + "/" + id + "/discard");
    }

    /** Starts a redrive of all that match. */
    public RedriveJob redriveAll(Map<String, Object> order) {
        return call(() -> operator.post()
                .uri(management.resolve(REDRIVES))
                .contentType(MediaType.APPLICATION_JSON)
                .body(order)
                .retrieve()
                .requiredBody(RedriveJob.class));
    }

    public RedriveJob redrive(UUID id) {
        return get(REDRIVES + "/" + id, RedriveJob.class);
    }

    public void cancelRedrive(UUID id) {
        post(REDRIVES + "/" + id + "/cancel");
    }

    /** The latest redrives, newest first. */
    public List<RedriveJob> redrives() {
        return items(management.resolve(REDRIVES), new ParameterizedTypeReference<Items<RedriveJob>>() {});
    }

    public ParkedPage parked(int page, int size) {
        return get("/outbox/parked?page=" + page + "&size=" + size, ParkedPage.class);
    }

    public void release(long row) {
        post("/outbox/parked/" + row + "/release");
    }

    public void delete(long row) {
        post("/outbox/parked/" + row + "/delete");
    }

    /** The groups of its topics on the broker. */
    public List<Group> groups() {
        return items(management.resolve("/groups"), new ParameterizedTypeReference<Items<Group>>() {});
    }

    public List<SubscriptionState> subscriptions() {
        return items(
                management.resolve("/subscriptions"), new ParameterizedTypeReference<Items<SubscriptionState>>() {});
    }

    /** The latest changes by operators, newest first. */
    public List<AuditEntry> audit(int number) {
        return items(
                management.resolve("/audit?size=" + number), new ParameterizedTypeReference<Items<AuditEntry>>() {});
    }

    /** What it has published of late, but for the last seconds. */
    public List<JsonNode> published() {
        return items(
                management.resolve("/conservation/published"), new ParameterizedTypeReference<Items<JsonNode>>() {});
    }

    /** Has it compare its groups with what all services have published; its metrics have the result. */
    public void compare(List<JsonNode> published) {
        call(() -> operator.post()
                .uri(management.resolve("/conservation/check"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Items<>(published))
                .retrieve()
                .toBodilessEntity());
    }

    public void pause(String topic, String group) {
        changeSubscription(topic, group, "pause");
    }

    public void resume(String topic, String group) {
        changeSubscription(topic, group, "resume");
    }

    private void changeSubscription(String topic, String group, String change) {
        URI uri = UriComponentsBuilder.fromUri(management)
                .path("/subscriptions/{topic}/{group}/" + change)
                .encode()
                .buildAndExpand(topic, group)
                .toUri();
        call(() -> operator.post().uri(uri).retrieve().toBodilessEntity());
    }

    /** A resource of its public API. */
    public JsonNode api(String path) {
        return call(() -> operator.get().uri(api.resolve(path)).retrieve().requiredBody(JsonNode.class));
    }

    private <T> T get(String path, Class<T> type) {
        return call(
                () -> operator.get().uri(management.resolve(path)).retrieve().requiredBody(type));
    }

    private void post(String path) {
        call(() -> operator.post().uri(management.resolve(path)).retrieve().toBodilessEntity());
    }

    private <T> List<T> items(URI uri, ParameterizedTypeReference<Items<T>> type) {
        return call(() -> operator.get().uri(uri).retrieve().requiredBody(type)).items();
    }

    private <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (RestClientException e) {
            throw new ServiceUnreachableException(
                    name + "-service does not answer at " + management.getAuthority() + ".", e);
        }
    }

    private static String reason(ClientHttpResponse response) {
        String otherwise = "The service answered without a reason.";
        try {
            JsonNode problem = JSON.readTree(response.getBody().readAllBytes());
            return problem.path("detail").asString(otherwise);
        } catch (JacksonException | IOException e) {
            return otherwise;
        }
    }

    private record Items<T>(List<T> items) {}
}
