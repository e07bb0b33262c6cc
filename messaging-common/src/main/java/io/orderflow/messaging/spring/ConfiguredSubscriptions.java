package io.orderflow.messaging.spring;

import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The application's subscriptions, each as the code states it and the configuration overrides it.
 *
 * @param timeOut takes the place of {@link RetryPolicy#DEFAULT_TIME_OUT}
 * @param settings by topic and group
 */
record ConfiguredSubscriptions(Duration timeOut, Map<String, Map<String, SubscriptionSettings>> settings) {

    static final String PREFIX = "messaging.subscriptions.";

    /** @throws InvalidSubscriptionException if something is stated of a subscription that there is not, or makes no sense */
    List<EventSubscription> of(List<EventSubscription> stated) {
        Map<String, SubscriptionSettings> left = byName();
        List<EventSubscription> configured = new ArrayList<>();
        for (EventSubscription each : stated) {
            SubscriptionSettings own = left.remove(name(each));
            configured.add(own == null ? withDefaults(each) : override(withDefaults(each), own));
        }
        if (!left.isEmpty()) {
            throw new InvalidSubscriptionException(PREFIX
                    + left.keySet().iterator().next()
                    + " names no subscription (topic, then group) of this application, which has: "
                    + String.join(
                            ", ",
                            stated.stream().map(ConfiguredSubscriptions::name).toList()) + ".");
        }
        return configured;
    }

    private EventSubscription withDefaults(EventSubscription stated) {
        RetryPolicy policy = stated.retryPolicy();
        return policy.timeOut().equals(RetryPolicy.DEFAULT_TIME_OUT) ? stated.retrying(policy.within(timeOut)) : stated;
    }

    private static EventSubscription override(EventSubscription stated, SubscriptionSettings settings) {
        try {
            return settings.over(stated);
        } catch (IllegalArgumentException e) {
            throw new InvalidSubscriptionException(
                    "What is stated under " + PREFIX + name(stated) + " makes no sense: " + e.getMessage());
        }
    }

    private Map<String, SubscriptionSettings> byName() {
        Map<String, SubscriptionSettings> byName = new LinkedHashMap<>();
        settings.forEach((topic, groups) -> groups.forEach((group, each) -> byName.put(topic + "." + group, each)));
        return byName;
    }

    private static String name(EventSubscription subscription) {
        return subscription.subscription().topic() + "."
                + subscription.subscription().group();
    }
}
