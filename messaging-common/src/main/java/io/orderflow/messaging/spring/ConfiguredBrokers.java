package io.orderflow.messaging.spring;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.brokers.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The brokers that the configuration names, for all topics and for single ones. An empty name is none. */
record ConfiguredBrokers(
        @Nullable String broker,
        @Nullable String drainFrom,
        @DefaultValue Map<String, Named> topics) {

    private static final String PREFIX = "messaging.";

    /** @param drainFrom see {@link Route#drained()} */
    record Named(@Nullable String broker, @Nullable String drainFrom) {

        Named {
            broker = StringUtils.hasText(broker) ? broker : null;
            drainFrom = StringUtils.hasText(drainFrom) ? drainFrom : null;
        }
    }

    static ConfiguredBrokers of(Environment environment) {
        return Binder.get(environment).bindOrCreate("messaging", ConfiguredBrokers.class);
    }

    /** Each name, by the property that states it. */
    Map<String, String> byProperty() {
        Map<String, String> names = new LinkedHashMap<>();
        put(names, PREFIX, new Named(broker, drainFrom));
        topics.forEach((topic, named) -> put(names, PREFIX + "topics." + topic + ".", named));
        return names;
    }

    private static void put(Map<String, String> names, String prefix, Named named) {
        if (named.broker() != null) {
            names.put(prefix + "broker", named.broker());
        }
        if (named.drainFrom() != null) {
            names.put(prefix + "drain-from", named.drainFrom());
        }
    }

    /** @param brokers by name; all that are named */
    Brokers brokers(Map<String, MessageBroker> brokers) {
        Route usual = route(brokers, broker, new Named(null, drainFrom).drainFrom());
        Map<String, Route> routes = new LinkedHashMap<>();
        topics.forEach((topic, named) -> {
            if (named.broker() != null) {
                routes.put(topic, route(brokers, named.broker(), named.drainFrom()));
            } else if (named.drainFrom() != null) {
                routes.put(topic, route(brokers, broker, named.drainFrom()));
            }
        });
        return new Brokers(usual, routes);
    }

    private static Route route(
            Map<String, MessageBroker> brokers, @Nullable String broker, @Nullable String drainFrom) {
        MessageBroker current = brokers.get(broker);
        MessageBroker drained = drainFrom == null ? null : brokers.get(drainFrom);
        return new Route(current, drained == current ? null : drained);
    }
}
