package io.orderflow.analytics;

import io.orderflow.analytics.domain.Rules;
import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rules of analytics-service.
 *
 * @param highValueOver total in EUR over which an order is published as one of a high value
 * @param suspiciousOrders number of orders of one customer, placed within suspicious-within, of which the last one is suspicious
 * @param suspiciousWithin time within which several orders of one customer are suspicious
 * @param lateness how late the event of an order may be to be counted in its minute, in whole minutes
 * @param processing what counts the orders on Kafka: streams, a Kafka Streams topology, or subscription, as on other brokers
 */
@ConfigurationProperties("analytics")
record AnalyticsProperties(
        @DefaultValue("1000") BigDecimal highValueOver,
        @DefaultValue("3") int suspiciousOrders,
        @DefaultValue("1m") Duration suspiciousWithin,
        @DefaultValue("24h") Duration lateness,
        @DefaultValue("streams") Processing processing) {

    /** What counts the orders. */
    enum Processing {
        STREAMS,
        SUBSCRIPTION
    }

    AnalyticsProperties {
        require(highValueOver.signum() >= 0, "analytics.high-value-over must not be negative", highValueOver);
        require(
                suspiciousOrders >= 2 && suspiciousOrders <= Rules.MOST_SUSPICIOUS_ORDERS,
                "analytics.suspicious-orders must be from 2 to " + Rules.MOST_SUSPICIOUS_ORDERS,
                suspiciousOrders);
        require(
                suspiciousWithin.compareTo(Duration.ZERO) > 0,
                "analytics.suspicious-within must be positive",
                suspiciousWithin);
        require(
                !lateness.isNegative() && lateness.equals(Duration.ofMinutes(lateness.toMinutes())),
                "analytics.lateness must be whole minutes and not negative",
                lateness);
    }

    private static void require(boolean valid, String rule, Object value) {
        if (!valid) {
            throw new IllegalArgumentException(rule + "; it is " + value + ".");
        }
    }

    Rules rules() {
        return new Rules(highValueOver, suspiciousOrders, suspiciousWithin, lateness);
    }
}
