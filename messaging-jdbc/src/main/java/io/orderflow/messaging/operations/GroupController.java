package io.orderflow.messaging.operations;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.runtime.TopicGroups;
import io.orderflow.messaging.runtime.TopicGroups.TopicGroup;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The consumer groups of this application's topics on the broker: their backlog, and the removal of abandoned ones. */
@RestController
@RequestMapping(OperatorApi.GROUPS)
class GroupController {

    private static final Logger log = LoggerFactory.getLogger(GroupController.class);

    private final TopicGroups groups;

    GroupController(TopicGroups groups) {
        this.groups = groups;
    }

    /** All groups; there are few. */
    record Groups(List<TopicGroup> items) {}

    /** Lists the groups of each topic with their backlog. */
    @GetMapping
    Groups list() {
        return new Groups(known());
    }

    /** Removes an abandoned group with its backlog. */
    @PostMapping("/{topic}/{group}/remove")
    TopicGroup remove(@PathVariable String topic, @PathVariable String group, @Nullable Principal operator) {
        TopicGroup found = known().stream()
                .filter(each -> each.topic().equals(topic) && each.group().equals(group))
                .findFirst()
                .orElseThrow(() -> OperatorProblem.NOT_FOUND.because(
                        "There is no group '" + group + "' of a topic '" + topic + "' here."));
        if (found.configured()) {
            throw OperatorProblem.GROUP_IN_USE.because("Group '" + group + "' is named in messaging.topics." + topic
                    + ".groups and would be declared again; nothing was changed. Remove it there first.");
        }
        if (found.hasMembers()) {
            throw OperatorProblem.GROUP_IN_USE.because("Group '" + group + "' of topic '" + topic
                    + "' has members; nothing was changed. Stop its application first.");
        }
        groups.remove(topic, group);
        log.info(
                "{} removed group '{}' of topic '{}', with a backlog of {} message(s).",
                Operator.name(operator),
                group,
                topic,
                found.messages());
        return found;
    }

    private List<TopicGroup> known() {
        try {
            return groups.list();
        } catch (MessagingException e) {
            throw OperatorProblem.UNAVAILABLE.because("The broker did not list its groups, and nothing was changed. "
                    + e.getMessage() + " Try again when it is available.");
        }
    }
}
