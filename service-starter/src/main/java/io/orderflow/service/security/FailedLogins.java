package io.orderflow.service.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed and running logins of each address, in memory and in this instance only. Of very many addresses the oldest without
 * running logins are dropped.
 */
final class FailedLogins {

    static final int MAX_FAILURES = 20;
    static final int MAX_ADDRESSES = 10_000;

    /** From the first failure. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** While only running logins are in the way. */
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private static final int GROUPS_OF_A_NETWORK = 4;

    private final InstantSource clock;
    private final Map<String, Logins> known = new LinkedHashMap<>();

    /** @param end of the window; in the past without failures */
    private record Logins(int failed, int running, Instant end) {

        static final Logins NONE = new Logins(0, 0, Instant.MIN);
    }

    FailedLogins(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Begins a login, which counts as a failed one until its {@link #end}.
     *
     * @return how long logins from this address are refused; zero if this one has begun
     */
    synchronized Duration begin(String address) {
        Logins logins = current(address);
        if (logins.failed() + logins.running() >= MAX_FAILURES) {
            return logins.failed() == 0 ? SHORTLY : Duration.between(clock.instant(), logins.end());
        }
        put(address, new Logins(logins.failed(), logins.running() + 1, logins.end()));
        return Duration.ZERO;
    }

    /** Ends a login that has begun. */
    synchronized void end(String address, boolean failed) {
        Logins logins = current(address);
        Instant end = failed && logins.failed() == 0 ? clock.instant().plus(WINDOW) : logins.end();
        put(address, new Logins(logins.failed() + (failed ? 1 : 0), logins.running() - 1, end));
    }

    private Logins current(String address) {
        Logins logins = known.getOrDefault(network(address), Logins.NONE);
        return logins.end().isAfter(clock.instant()) ? logins : new Logins(0, logins.running(), Instant.MIN);
    }

    private void put(String address, Logins logins) {
        if (logins.failed() == 0 && logins.running() == 0) {
            known.remove(network(address));
            return;
        }
        known.put(network(address), logins);
        if (known.size() > MAX_ADDRESSES) {
            known.entrySet().stream()
                    .filter(each -> each.getValue().running() == 0)
                    .findFirst()
                    .ifPresent(oldest -> known.remove(oldest.getKey()));
        }
    }

    /** A client has a whole network of IPv6 addresses. Java writes them without abbreviation. */
    private static String network(String address) {
        String[] groups = address.split(":");
        return groups.length > GROUPS_OF_A_NETWORK
                ? String.join(":", groups[0], groups[1], groups[2], groups[3])
                : address;
    }
}
