package io.orderflow.messaging.spring;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.policy.Pause;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.MemberState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN, with the reasons, when a broker is unavailable or a member does not handle messages. */
final class MessagingHealthIndicator implements HealthIndicator {

    private final Brokers brokers;
    private final Consumers consumers;
    private final MessagingProperties.HealthSettings settings;
    private final InstantSource clock;
    private final Instant created;

    MessagingHealthIndicator(
            Brokers brokers, Consumers consumers, MessagingProperties.HealthSettings settings, InstantSource clock) {
        this.brokers = brokers;
        this.consumers = consumers;
        this.settings = settings;
        this.clock = clock;
        created = clock.instant();
    }

    @Override
    public Health health() {
        List<MemberState> states = consumers.states();
        List<String> reasons = Stream.concat(brokers.all().stream().flatMap(this::brokerReason), memberReasons())
                .toList();
        Health.Builder builder = reasons.isEmpty() ? Health.up() : Health.down().withDetail("reasons", reasons);
        return builder.withDetail("broker", names())
                .withDetail("members", states.size())
                .withDetail(
                        "memberRestarts",
                        states.stream().mapToInt(MemberState::restarts).sum())
                .withDetail("pausedByOperator", pausedByOperator())
                .build();
    }

    /** It is no failure: the application does what an operator wants. */
    private List<String> pausedByOperator() {
        return consumers.subscriptions().stream()
                .filter(each -> each.pause() != null && each.pause().reason() == Pause.Reason.OPERATOR)
                .map(each -> each.group() + " on " + each.topic() + ": "
                        + each.pause().description())
                .toList();
    }

    private String names() {
        return brokers.all().stream().map(each -> each.traits().name()).collect(Collectors.joining(", "));
    }

    private Stream<String> brokerReason(MessageBroker broker) {
        try {
            broker.ping(settings.pingTimeout());
            return Stream.empty();
        } catch (MessagingException e) {
            return Stream.of(Objects.requireNonNullElse(e.getMessage(), "The broker is not reachable."));
        }
    }

    private Stream<String> memberReasons() {
        Instant stalledSince = clock.instant().minus(settings.stalledAfter());
        return consumers.states().stream()
                .filter(state -> !state.alive()
                        || state.problem() != null
                        || lastSign(state).isBefore(stalledSince))
                .map(state -> reason(state));
    }

    private String reason(MemberState state) {
        if (!state.alive()) {
            return state.name() + " does not run";
        }
        return state.problem() != null
                ? state.name() + " " + state.problem()
                : state.name() + " has neither polled nor handled a message since " + lastSign(state)
                        + "; its handler may be blocked";
    }

    private Instant lastSign(MemberState state) {
        return state.lastSign() == null ? created : state.lastSign();
    }
}
