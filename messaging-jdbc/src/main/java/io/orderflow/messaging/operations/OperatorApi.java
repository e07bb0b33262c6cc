package io.orderflow.messaging.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operator API. It does not authenticate: the application has to secure {@link #paths}.
 *
 * @param enabled whether to serve dead letters, parked and scheduled outbox rows, consumer groups, subscriptions, replays
 *     and the conservation check on the management port
 */
@ConfigurationProperties("messaging.operations")
public record OperatorApi(@DefaultValue("false") boolean enabled) {

    static final String DEAD_LETTERS = "/dead-letters";
    static final String OUTBOX = "/outbox/parked";
    static final String SCHEDULED = "/outbox/scheduled";
    static final String GROUPS = "/groups";
    static final String REPLAYS = "/replays";
    static final String SUBSCRIPTIONS = "/subscriptions";
    static final String AUDIT = "/audit";
    static final String CONSERVATION = "/conservation";

    static final String FIRST_PAGE = "0";
    static final String PAGE_SIZE = "20";

    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_PAGE_SIZE = 100;
    private static final String[] PATHS = {
        DEAD_LETTERS + "/**",
        OUTBOX + "/**",
        SCHEDULED + "/**",
        GROUPS + "/**",
        SUBSCRIPTIONS + "/**",
        REPLAYS + "/**",
        AUDIT + "/**",
        CONSERVATION + "/**"
    };

    /** The paths of all requests of the API, as patterns of Spring Security. */
    public static String[] paths() {
        return PATHS.clone();
    }

    /** How many rows precede a page, from 0. Requests for more than {@value #MAX_PAGE_SIZE} rows are rejected. */
    static long offset(int page, int size) {
        return (long) RequestErrors.requireBetween("page", page, 0, MAX_PAGE) * pageSize(size);
    }

    /** A number of rows that was requested, at most {@value #MAX_PAGE_SIZE}. */
    static int pageSize(int size) {
        return RequestErrors.requireBetween("size", size, 1, MAX_PAGE_SIZE);
    }
}
