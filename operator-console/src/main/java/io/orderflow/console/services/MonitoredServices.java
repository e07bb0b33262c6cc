package io.orderflow.console.services;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** All services of the configuration, in its order. */
@Component
public final class MonitoredServices {

    private final Map<String, MonitoredService> services;

    private final Executor executor;

    MonitoredServices(
            ConsoleProperties properties,
            OperatorAccount operator,
            RestClient.Builder http,
            @Qualifier("applicationTaskExecutor") Executor executor) {
        this.executor = executor;
        services = properties.services().entrySet().stream()
                .map(each -> new MonitoredService(each.getKey(), each.getValue(), operator, http.clone()))
                .collect(Collectors.toMap(
                        MonitoredService::name, each -> each, (one, other) -> one, LinkedHashMap::new));
    }

    public List<MonitoredService> all() {
        return List.copyOf(services.values());
    }

    /** Asks all services at the same time. */
    public <T> Answers<T> ask(Function<MonitoredService, List<T>> question) {
        Map<MonitoredService, CompletableFuture<List<T>>> asked = new LinkedHashMap<>();
        all().forEach(service ->
                asked.put(service, CompletableFuture.supplyAsync(() -> question.apply(service), executor)));
        List<Answers.Of<T>> items = new ArrayList<>();
        List<String> unreachable = new ArrayList<>();
        asked.forEach((service, answer) -> {
            try {
                answer.join().forEach(item -> items.add(new Answers.Of<>(service.name(), item)));
            } catch (CompletionException e) {
                unreachable.add(reason(e));
            }
        });
        return new Answers<>(items, unreachable);
    }

    private static String reason(CompletionException failure) {
        if (failure.getCause() instanceof ServiceUnreachableException
                || failure.getCause() instanceof RefusedException) {
            return Objects.requireNonNull(failure.getCause().getMessage());
        }
        throw failure;
    }

    /**
     * The service of that short name.
     *
     * @throws RefusedException with status 404 if there is none
     */
    public MonitoredService named(String name) {
        MonitoredService service = services.get(name);
        if (service == null) {
            throw new RefusedException(
                    404,
                    "There is no service of that name. The services are " + String.join(", ", services.keySet()) + ".");
        }
        return service;
    }
}
