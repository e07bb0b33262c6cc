package io.orderflow.messaging.operations;

import io.orderflow.messaging.conservation.ConservationCheck;
import io.orderflow.messaging.conservation.GroupBalance;
import io.orderflow.messaging.conservation.Published;
import io.orderflow.messaging.conservation.PublishedMessages;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether messages are missing. Publishers and consumers have databases of their own, so a client reads from all applications what they
 * have published, and has each of them compare its groups with all of that.
 */
@RestController
@RequestMapping(OperatorApi.CONSERVATION)
class ConservationController {

    private static final int MAX_SECONDS = 3_600;

    private final PublishedMessages published;
    private final ConservationCheck check;

    ConservationController(PublishedMessages published, ConservationCheck check) {
        this.published = published;
        this.check = check;
    }

    /** What applications have published in the last hour. */
    record PublishedCounts(@Nullable List<Published> items) {}

    /** The balance of each group. */
    record Balances(List<GroupBalance> items) {}

    /** Counts what this application has published in the last hour, without what it has published in the last seconds. */
    @GetMapping("/published")
    PublishedCounts published(@RequestParam(defaultValue = "30") int unchangedForSeconds) {
        int seconds = RequestErrors.requireBetween("unchangedForSeconds", unchangedForSeconds, 0, MAX_SECONDS);
        return new PublishedCounts(published.counts(Duration.ofSeconds(seconds)));
    }

    /** Compares the groups of this application with what all applications have published. Changes nothing. */
    @PostMapping("/check")
    Balances check(@RequestBody PublishedCounts all) {
        return new Balances(check.check(RequestErrors.require("items", all.items())));
    }
}
