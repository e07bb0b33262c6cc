package io.orderflow.messaging.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.orderflow.messaging.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a server's persistence settings, chooses what a send has to wait for, and logs what was chosen. */
final class Durability {

    private static final Pattern VERSION = Pattern.compile("redis_version:((\\d+)\\.(\\d+)\\S*)");
    private static final int FIRST_WITH_WAITAOF = 702;
    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

    private final RedisMessagingProperties properties;
    private final AtomicReference<List<String>> logged = new AtomicReference<>(List.of());

    Durability(RedisMessagingProperties properties) {
        this.properties = properties;
    }

    Acceptance probe(Link link) {
        Matcher version = VERSION.matcher(
                link.ask("Reading Redis's version", c -> c.async().info("server")));
        boolean hasWaitAof = version.find()
                && Integer.parseInt(version.group(2)) * 100 + Integer.parseInt(version.group(3)) >= FIRST_WITH_WAITAOF;
        try {
            Map<String, String> file = settings(link, "append*");
            Map<String, String> memory = settings(link, "maxmemory-policy");
            String fsync = "yes".equals(file.get("appendonly")) ? file.getOrDefault("appendfsync", "") : "none";
            return choose(hasWaitAof, fsync, memory.getOrDefault("maxmemory-policy", "noeviction"));
        } catch (MessagingException e) {
            if (!(e.getCause() instanceof RedisCommandExecutionException)) {
                throw e;
            }
            Acceptance unknown = new Acceptance(0, properties.replicas(), false);
            logOnce(
                    "unknown",
                    unknown,
                    List.of(
                            "Redis does not permit CONFIG GET (" + e.getMessage() + "). Set appendonly yes,"
                                    + " appendfsync always and maxmemory-policy noeviction, or accepted messages can be lost."));
            return unknown;
        }
    }

    private static Map<String, String> settings(Link link, String pattern) {
        return link.ask("Reading Redis's settings", c -> c.async().configGet(pattern));
    }

    /** @param fsync the value of {@code appendfsync}, or {@code none} without {@code appendonly} */
    Acceptance choose(boolean hasWaitAof, String fsync, String eviction) {
        boolean always = fsync.equals("always");
        boolean canWait = hasWaitAof && !fsync.equals("none");
        boolean waits = canWait && !always && properties.waitForFsync();
        Acceptance chosen =
                new Acceptance(waits ? 1 : 0, properties.replicas(), waits || (canWait && properties.replicas() > 0));

        List<String> warnings = new ArrayList<>();
        if (fsync.equals("none")) {
            warnings.add(
                    "Redis keeps messages in memory only: a restart loses accepted messages. Set appendonly yes and"
                            + " appendfsync always.");
        } else if (waits) {
            warnings.add(
                    "Every send waits up to a second until Redis has synced its file. appendfsync always is faster.");
        } else if (!always) {
            warnings.add(
                    "A crash of Redis's machine loses a second or more of accepted messages. Set appendfsync always.");
        }
        if (!eviction.equals("noeviction")) {
            warnings.add("Redis may delete messages when its memory is full, because maxmemory-policy is " + eviction
                    + ". Set it to noeviction.");
        }
        logOnce(fsync, chosen, warnings);
        return chosen;
    }

    /** Not again after each reconnection. */
    private void logOnce(String fsync, Acceptance chosen, List<String> warnings) {
        List<String> lines = new ArrayList<>(warnings);
        lines.add("Redis has appendfsync " + fsync + ": a message is accepted when " + chosen.description() + ".");
        if (!lines.equals(logged.getAndSet(lines))) {
            LOG.info(lines.get(warnings.size()));
            warnings.forEach(LOG::warn);
        }
    }
}
