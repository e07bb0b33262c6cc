package io.orderflow.messaging.operations;

import io.orderflow.messaging.pauses.SubscriptionPauses;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.SubscriptionState;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The subscriptions of this application: list them, pause one in all instances, or resume it. Repeating a request does nothing. */
@RestController
@RequestMapping(OperatorApi.SUBSCRIPTIONS)
class SubscriptionController {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionController.class);

    private final Consumers consumers;
    private final SubscriptionPauses pauses;

    SubscriptionController(Consumers consumers, SubscriptionPauses pauses) {
        this.consumers = consumers;
        this.pauses = pauses;
    }

    /** All subscriptions; there are few. */
    record Subscriptions(List<SubscriptionState> items) {}

    /** Lists them with their state in this instance. */
    @GetMapping
    Subscriptions list() {
        return new Subscriptions(consumers.subscriptions());
    }

    /** Pauses one in all instances: its messages wait. */
    @PostMapping("/{topic}/{group}/pause")
    SubscriptionState pause(@PathVariable String topic, @PathVariable String group, @Nullable Principal operator) {
        if (known(topic, group).broadcast()) {
            throw OperatorProblem.SUBSCRIPTION_NOT_PAUSABLE.because("The subscription of topic '" + topic
                    + "' receives broadcasts, of which none is kept; nothing was changed. It cannot be paused.");
        }
        pauses.pause(topic, group, Operator.name(operator));
        log.info("{} paused group '{}' on topic '{}'.", Operator.name(operator), group, topic);
        return known(topic, group);
    }

    /** Resumes one in all instances. */
    @PostMapping("/{topic}/{group}/resume")
    SubscriptionState resume(@PathVariable String topic, @PathVariable String group, @Nullable Principal operator) {
        known(topic, group);
        pauses.resume(topic, group);
        log.info("{} resumed group '{}' on topic '{}'.", Operator.name(operator), group, topic);
        return known(topic, group);
    }

    private SubscriptionState known(String topic, String group) {
        Optional<SubscriptionState> found = consumers.subscriptions().stream()
                .filter(each -> each.topic().equals(topic) && each.group().equals(group))
                .findFirst();
        return found.orElseThrow(
                () -> OperatorProblem.NOT_FOUND.because("This application has no subscription of group '" + group
                        + "' on a topic '" + topic + "'; nothing was changed."));
    }
}
