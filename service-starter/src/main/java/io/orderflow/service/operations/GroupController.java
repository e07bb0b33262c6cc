package io.orderflow.service.operations;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.runtime.TopicGroups;
import io.orderflow.messaging.runtime.TopicGroups.TopicGroup;
import io.orderflow.service.Problem;
import java.security.Principal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The groups that the broker has of this service's topics: what waits for each, and removing one that nobody reads for. */
@RestController
@RequestMapping(GroupController.PATH)
class GroupController {

    static final String PATH = "/groups";

    private static final Logger log = LoggerFactory.getLogger(GroupController.class);
    private static final Problem IN_USE = new Problem("group-in-use", "The group is in use", HttpStatus.CONFLICT);

    private final TopicGroups groups;

    GroupController(TopicGroups groups) {
        this.groups = groups;
    }

    /** All groups; there are few. */
    record Groups(List<TopicGroup> items) {}

    @GetMapping
    Groups list() {
        return new Groups(known());
    }

    @PostMapping("/{topic}/{group}/remove")
    TopicGroup remove(@PathVariable String topic, @PathVariable String group, Principal operator) {
        TopicGroup found = known().stream()
                .filter(each -> each.topic().equals(topic) && each.group().equals(group))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(
                        "There is no group '" + group + "' of a topic '" + topic + "' here."));
        if (found.configured()) {
            throw IN_USE.because("Group '" + group + "' is named in messaging.topics." + topic
                    + ".groups and would be declared again; nothing was removed. Remove it there first.");
        }
        if (found.hasMembers()) {
            throw IN_USE.because("Somebody reads '" + topic + "' for group '" + group
                    + "'; nothing was removed. Stop its service first.");
        }
        groups.remove(topic, group);
        log.info(
                "{} removed group '{}' of topic '{}', for which {} message(s) were waiting.",
                operator.getName(),
                group,
                topic,
                found.messages());
        return found;
    }

    private List<TopicGroup> known() {
        try {
            return groups.list();
        } catch (MessagingException e) {
            throw Problem.UNAVAILABLE.because("The broker did not list its groups, and nothing was done. "
                    + e.getMessage() + " Try again when it is available.");
        }
    }
}
