package io.orderflow.console.services;

import java.net.URI;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The services that the console shows.
 *
 * @param services by short name, {@code order} for order-service, in the order of the pages
 */
@ConfigurationProperties("console")
record ConsoleProperties(Map<String, Addresses> services) {

    /**
     * The addresses of a service.
     *
     * @param api base address of its API
     * @param management base address of its management port, which serves the operator API and the metrics
     */
    record Addresses(URI api, URI management) {}
}
