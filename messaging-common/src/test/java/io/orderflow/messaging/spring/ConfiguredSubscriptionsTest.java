package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConfiguredSubscriptionsTest {

    private static final EventSubscription ORDERS = EventSubscription.of("orders", "shipping")
            .on(Object.class, "order.created.v1", (event, context) -> {})
            .retrying(RetryPolicy.defaults().notRetrying(IllegalArgumentException.class));
    private static final EventSubscription EXPRESS = EventSubscription.of("shipments.express", "shipping")
            .on(Object.class, "shipment.booking-requested.v1", (event, context) -> {})
            .retrying(RetryPolicy.defaults().within(Duration.ofSeconds(5)));

    @Test
    void without_a_word_of_configuration_what_the_code_says_holds_and_prints_itself() {
        assertThat(configured(Map.of()))
                .extracting(Object::toString)
                .allMatch(each -> each.contains("up to 6 attempts of at most"))
                .satisfiesExactly(
                        orders -> assertThat(orders)
                                .contains("shipping on orders: order.created.v1; up to 6 attempts of at most 60.0 s,"
                                        + " pausing 500 ms to 60.0 s, then dead-lettered; at once on"
                                        + " IllegalArgumentException"),
                        express -> assertThat(express).contains("at most 5.0 s"));
    }

    @Test
    void every_setting_of_one_subscription_can_be_overridden_and_the_others_keep_theirs() {
        List<EventSubscription> configured = configured(Map.of(
                "messaging.subscriptions.orders.shipping.retry.max-attempts", "3",
                "messaging.subscriptions.orders.shipping.retry.first-pause", "2s",
                "messaging.subscriptions.orders.shipping.retry.longest-pause", "20s",
                "messaging.subscriptions.orders.shipping.timeout", "30s",
                "messaging.subscriptions.orders.shipping.members", "4",
                "messaging.subscriptions.orders.shipping.max-poll-messages", "7",
                "messaging.subscriptions.orders.shipping.start", "latest"));
        assertThat(configured.get(0).retryPolicy())
                .hasToString("up to 3 attempts of at most 30.0 s, pausing 2.0 s to 20.0 s, then dead-lettered;"
                        + " at once on IllegalArgumentException");
        assertThat(configured.get(0).subscription().members()).isEqualTo(4);
        assertThat(configured.get(0).subscription().options().maxPollMessages()).isEqualTo(7);
        assertThat(configured.get(0).subscription().options().start()).isEqualTo(StartPosition.LATEST);
        assertThat(configured.get(1)).hasToString(EXPRESS.toString());
    }

    @Test
    void a_default_for_all_gives_way_to_what_a_subscription_says() {
        List<EventSubscription> configured = configured(Map.of("messaging.handling.timeout", "10s"));
        assertThat(configured)
                .extracting(each -> each.retryPolicy().timeOut().toSeconds())
                .containsExactly(10L, 5L);
    }

    @Test
    void a_retry_schedule_is_kept_unless_pauses_are_configured() {
        EventSubscription scheduled = ORDERS.retryingAfter(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)));
        assertThat(configured(Map.of("messaging.subscriptions.orders.shipping.members", "2"), scheduled))
                .singleElement()
                .satisfies(each -> assertThat(each.retryPolicy().toString())
                        .startsWith("up to 3 attempts of at most 60.0 s, pausing 5.0 s, 300.0 s, then"));
        assertThat(configured(Map.of("messaging.subscriptions.orders.shipping.retry.longest-pause", "20s"), scheduled))
                .singleElement()
                .satisfies(each -> assertThat(each.retryPolicy().toString()).contains("pausing 5.0 s to 20.0 s"));
    }

    @Test
    void a_topic_with_dots_is_named_in_brackets() {
        List<EventSubscription> configured =
                configured(Map.of("messaging.subscriptions[shipments.express].shipping.members", "2"));
        assertThat(configured.get(1).subscription().members()).isEqualTo(2);
    }

    @Test
    void a_name_that_is_no_subscription_stops_the_start_with_a_sentence() {
        assertThatThrownBy(() -> configured(Map.of("messaging.subscriptions.orders.shiping.members", "2")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("messaging.subscriptions.orders.shiping names no subscription (topic, then group) of this"
                        + " application, which has: orders.shipping, shipments.express.shipping.");
    }

    @Test
    void a_setting_that_makes_no_sense_is_named() {
        assertThatThrownBy(() -> configured(Map.of("messaging.subscriptions.orders.shipping.retry.max-attempts", "0")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("messaging.subscriptions.orders.shipping")
                .hasMessageContaining("at least once, not 0");
    }

    @Test
    void a_group_that_must_miss_nothing_and_is_to_begin_with_the_latest_stops_the_start() {
        assertThatThrownBy(() -> configured(Map.of(
                        "messaging.topics.orders.groups", "shipping",
                        "messaging.subscriptions.orders.shipping.start", "latest")))
                .rootCause()
                .hasMessageContaining("messaging.subscriptions.orders.shipping.start")
                .hasMessageContaining("messaging.topics.orders.groups");
    }

    private static List<EventSubscription> configured(Map<String, String> properties) {
        return configured(properties, ORDERS, EXPRESS);
    }

    private static List<EventSubscription> configured(
            Map<String, String> properties, EventSubscription... subscriptions) {
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent("messaging.broker", "memory");
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("messaging", MessagingProperties.class)
                .get()
                .configuredSubscriptions()
                .of(List.of(subscriptions));
    }
}
