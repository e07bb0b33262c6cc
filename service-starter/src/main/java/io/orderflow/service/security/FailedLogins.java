package io.orderflow.service.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts failed logins of each address, in memory and in this instance only. Of very many addresses the oldest are dropped. */
final class FailedLogins {

    static final int MAX_FAILURES = 20;
    static final int MAX_ADDRESSES = 10_000;

    /** From the first failure. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int GROUPS_OF_A_NETWORK = 4;

    private final InstantSource clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    private record Failures(int number, Instant end) {}

    FailedLogins(InstantSource clock) {
        this.clock = clock;
    }

    /** How long logins from this address are refused; zero if they are not. */
    synchronized Duration blockedFor(String address) {
        Failures known = current(address);
        return known == null || known.number() < MAX_FAILURES
                ? Duration.ZERO
                : Duration.between(clock.instant(), known.end());
    }

    synchronized void add(String address) {
        Failures known = current(address);
        failures.put(
                network(address),
                known == null
                        ? new Failures(1, clock.instant().plus(WINDOW))
                        : new Failures(known.number() + 1, known.end()));
    }

    private @Nullable Failures current(String address) {
        Failures known = failures.get(network(address));
        if (known != null && !known.end().isAfter(clock.instant())) {
            failures.remove(network(address));
            return null;
        }
        return known;
    }

    /** A client has a whole network of IPv6 addresses. Java writes them without abbreviation. */
    private static String network(String address) {
        String[] groups = address.split(":");
        return groups.length > GROUPS_OF_A_NETWORK
                ? String.join(":", groups[0], groups[1], groups[2], groups[3])
                : address;
    }
}
