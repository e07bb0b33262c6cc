package io.orderflow.analytics.web;

import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.Difference;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.usecases.RebuildResults;
import io.orderflow.analytics.usecases.ViewResults;
import io.orderflow.events.HighValueOrder;
import io.orderflow.service.Cursors;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import io.orderflow.service.Problem;
import jakarta.validation.Valid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics")
class AnalyticsController {

    private static final Cursors<Instant> MINUTES = new Cursors<>("orders-per-minute", Instant::parse);
    private static final Cursors<String> SUSPICIOUS = new Cursors<>("suspicious", String::valueOf);
    private static final Cursors<String> HIGH_VALUE = new Cursors<>("high-value", String::valueOf);
    private static final Cursors<String> DIFFERENCES = new Cursors<>("differences", String::valueOf);

    private final ViewResults results;
    private final RebuildResults rebuilt;

    AnalyticsController(ViewResults results, RebuildResults rebuilt) {
        this.results = results;
        this.rebuilt = rebuilt;
    }

    /** What one customer has ordered in all. */
    @GetMapping("/customers/{id}")
    CustomerTotals customer(@PathVariable String id) {
        return results.customer(id)
                .orElseThrow(() -> Problem.NOT_FOUND.because("No order of a customer with this id has been counted."));
    }

    /** The orders of each minute, the latest first. */
    @GetMapping("/orders-per-minute")
    Page<MinuteCount> ordersPerMinute(@Valid Paging paging) {
        return MINUTES.page(
                results.ordersPerMinute(MINUTES.after(paging), paging.limit()), paging, MinuteCount::minute);
    }

    /** Orders of customers who placed many in a short time, the latest first. */
    @GetMapping("/suspicious")
    Page<SuspiciousOrder> suspicious(
            @RequestParam(required = false) @Nullable String customerId, @Valid Paging paging) {
        return SUSPICIOUS.page(
                results.suspicious(customerId, SUSPICIOUS.after(paging), paging.limit()),
                paging,
                SuspiciousOrder::orderId);
    }

    /** Orders with a large total, the latest first. */
    @GetMapping("/high-value")
    Page<HighValueOrder> highValue(@RequestParam(required = false) @Nullable String customerId, @Valid Paging paging) {
        return HIGH_VALUE.page(
                results.highValue(customerId, HIGH_VALUE.after(paging), paging.limit()),
                paging,
                HighValueOrder::orderId);
    }

    /** How the results of the last replay differ from the live ones. */
    @GetMapping("/rebuilt/differences")
    Page<Difference> differences(@Valid Paging paging) {
        return DIFFERENCES.page(
                rebuilt.differences(DIFFERENCES.after(paging), paging.limit()), paging, Difference::key);
    }
}
