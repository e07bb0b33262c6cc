package io.orderflow.messaging.policy;

import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions that operators have paused, as this instance knows them. Thread-safe. */
public final class OperatorPauses {

    private static final Logger log = LoggerFactory.getLogger(OperatorPauses.class);

    private volatile List<OperatorPause> all = List.of();

    /** A subscription that an operator has paused. */
    public record OperatorPause(String topic, String group, String operator, Instant since) {

        private Pause pause() {
            return new Pause(Pause.Reason.OPERATOR, "paused by " + operator + " since " + since);
        }
    }

    /** Replaces all of them. It takes effect before the next message, not on a handler that runs. */
    public void replace(List<OperatorPause> current) {
        List<OperatorPause> before = all;
        all = List.copyOf(current);
        current.stream()
                .filter(each -> !before.contains(each))
                .forEach(each -> log.info(
                        "{} on {}: {}; its messages stay with the broker.",
                        each.group(),
                        each.topic(),
                        each.pause().description()));
        before.stream()
                .filter(each -> !current.contains(each))
                .forEach(each -> log.info("{} on {}: resumed by an operator.", each.group(), each.topic()));
    }

    @Nullable
    Pause of(Subscription subscription) {
        return all.stream()
                .filter(each -> each.topic().equals(subscription.topic())
                        && each.group().equals(subscription.group()))
                .map(OperatorPause::pause)
                .findFirst()
                .orElse(null);
    }
}
