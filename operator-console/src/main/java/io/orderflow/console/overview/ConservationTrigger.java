package io.orderflow.console.overview;

import io.orderflow.console.services.MonitoredService;
import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.RefusedException;
import io.orderflow.console.services.ServiceUnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Has each service compare its groups with what all services have published: no service reaches the database of another. What a service
 * that does not answer has published is not compared.
 */
@Component
class ConservationTrigger {

    private static final Logger log = LoggerFactory.getLogger(ConservationTrigger.class);

    private final MonitoredServices services;

    ConservationTrigger(MonitoredServices services) {
        this.services = services;
    }

    @Scheduled(fixedDelayString = "PT30S", initialDelayString = "PT5S")
    void compare() {
        List<JsonNode> published = new ArrayList<>();
        forEach(service -> published.addAll(service.published()));
        forEach(service -> service.compare(published));
    }

    private void forEach(Consumer<MonitoredService> request) {
        for (MonitoredService each : services.all()) {
            try {
                request.accept(each);
            } catch (ServiceUnreachableException | RefusedException e) {
                log.debug("{}-service takes no part in the conservation check: {}", each.name(), e.getMessage());
            }
        }
    }
}
