package io.orderflow.messaging.spring;

import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The application's subscriptions, as the code states and the configuration overrides them.
 *
 * @param timeOut replaces {@link RetryPolicy#DEFAULT_TIME_OUT}
 * @param settings by topic and group
 */
record ConfiguredSubscriptions(Duration timeOut, Map<String, Map<String, SubscriptionSettings>> settings) {

    static final String PREFIX = "messaging.subscriptions.";

    private static final String ACTION =
            "Correct the property or remove it, and start again. A topic with dots in its name is"
                    + " put in brackets: messaging.subscriptions[shipments.express].shipping.members";

    /** @throws InvalidSettingException if an override names no subscription or is invalid */
    List<EventSubscription> of(List<EventSubscription> stated) {
        Map<String, SubscriptionSettings> left = byName();
        List<EventSubscription> configured = new ArrayList<>();
        for (EventSubscription each : stated) {
            SubscriptionSettings own = left.remove(name(each));
            configured.add(own == null ? withDefaults(each) : override(withDefaults(each), own));
        }
        if (!left.isEmpty()) {
            throw invalid(PREFIX
                    + left.keySet().iterator().next()
                    + " names no subscription (topic, then group) of this application, which has: "
                    + String.join(
                            ", ",
                            stated.stream().map(ConfiguredSubscriptions::name).toList()) + ".");
        }
        return configured;
    }

    private static InvalidSettingException invalid(String message) {
        return new InvalidSettingException(message, ACTION);
    }

    private EventSubscription withDefaults(EventSubscription stated) {
        RetryPolicy policy = stated.retryPolicy();
        return policy.timeOut().equals(RetryPolicy.DEFAULT_TIME_OUT) ? stated.retrying(policy.within(timeOut)) : stated;
    }

    private static EventSubscription override(EventSubscription stated, SubscriptionSettings settings) {
        try {
            return settings.over(stated);
        } catch (IllegalArgumentException e) {
            throw invalid(PREFIX + name(stated) + " is invalid: " + e.getMessage());
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
