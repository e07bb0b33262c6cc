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

/** Asks a server how it keeps what it is given, chooses what a send has to wait for, and says so once. */
final class Durability {

    private static final Pattern VERSION = Pattern.compile("redis_version:((\\d+)\\.(\\d+)\\S*)");
    private static final int FIRST_WITH_WAITAOF = 702;
    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

    private final RedisMessagingProperties properties;
    private final AtomicReference<List<String>> said = new AtomicReference<>(List.of());

    Durability(RedisMessagingProperties properties) {
        this.properties = properties;
    }

    Acceptance probe(Link link) {
        Matcher version = VERSION.matcher(
                link.ask("Asking Redis for its version", c -> c.async().info("server")));
        boolean known = version.find();
        String name = known ? version.group(1) : "of an unknown version";
        boolean hasWaitAof = known && number(version, 2) * 100 + number(version, 3) >= FIRST_WITH_WAITAOF;
        try {
            Map<String, String> file = setting(link, "append*");
            Map<String, String> memory = setting(link, "maxmemory-policy");
            String fsync = "yes".equals(file.get("appendonly")) ? file.getOrDefault("appendfsync", "") : "none";
            return choose(name, hasWaitAof, fsync, memory.getOrDefault("maxmemory-policy", "noeviction"));
        } catch (MessagingException e) {
            if (!(e.getCause() instanceof RedisCommandExecutionException)) {
                throw e;
            }
            say(
                    "Redis " + name + " does not tell how it is configured.",
                    "Make sure that Redis has appendonly yes, appendfsync always and maxmemory-policy noeviction, or"
                            + " accepted messages can be lost: it does not tell (" + e.getMessage() + ").");
            return new Acceptance(0, properties.replicas(), false);
        }
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }

    private static Map<String, String> setting(Link link, String pattern) {
        return link.ask("Asking Redis for its settings", c -> c.async().configGet(pattern));
    }

    /** @param fsync what {@code appendfsync} says, or {@code none} without {@code appendonly} */
    Acceptance choose(String version, boolean hasWaitAof, String fsync, String eviction) {
        boolean canWait = hasWaitAof && !fsync.equals("none");
        boolean always = fsync.equals("always");
        boolean waits = canWait && !always && properties.waitForFsync();
        Acceptance chosen =
                new Acceptance(waits ? 1 : 0, properties.replicas(), waits || (canWait && properties.replicas() > 0));

        List<String> warnings = new ArrayList<>();
        if (fsync.equals("none")) {
            warnings.add(
                    "Redis keeps messages in memory only: a restart loses what was accepted. Set appendonly yes and"
                            + " appendfsync always.");
        } else if (waits) {
            warnings.add("Every send waits for Redis to sync its file, up to a second. Set appendfsync always to be"
                    + " faster.");
        } else if (!always) {
            warnings.add("A crash of Redis's machine loses a second of accepted messages, or more. Set appendfsync"
                    + " always.");
        }
        if (!eviction.equals("noeviction")) {
            warnings.add("Redis may delete messages when its memory is full. Set maxmemory-policy noeviction; it is "
                    + eviction + ".");
        }
        say(
                "Redis " + version + " with appendfsync " + fsync + ": a message counts as accepted "
                        + chosen.description() + ".",
                warnings.toArray(String[]::new));
        return chosen;
    }

    /** Not again after each reconnection. */
    private void say(String fact, String... warnings) {
        List<String> all = new ArrayList<>(List.of(warnings));
        all.add(fact);
        if (!all.equals(said.getAndSet(all))) {
            LOG.info(fact);
            List.of(warnings).forEach(LOG::warn);
        }
    }
}
