package io.orderflow.console.services;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** All services of the configuration, in its order. */
@Component
public final class MonitoredServices {

    private final Map<String, MonitoredService> services;

    MonitoredServices(ConsoleProperties properties, OperatorAccount operator, RestClient.Builder http) {
        services = properties.services().entrySet().stream()
                .map(each -> new MonitoredService(each.getKey(), each.getValue(), operator, http.clone()))
                .collect(Collectors.toMap(
                        MonitoredService::name, each -> each, (one, other) -> one, LinkedHashMap::new));
    }

    public List<MonitoredService> all() {
        return List.copyOf(services.values());
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
