package io.orderflow.order.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The repository of webhooks. */
public interface Webhooks {

    void add(Webhook webhook);

    /** Makes this the secret; the one that it replaces signs too until then. Returns the webhook, or empty if there is none. */
    Optional<Webhook> rotateSecret(UUID id, String secret, Instant previousUntil);

    /** It receives nothing any more. Its secrets stay as they are, also if they are replaced at the same time. */
    void disable(UUID id, String because);

    /** Deletes it with its deliveries; returns false if there is none. */
    boolean delete(UUID id);

    Optional<Webhook> find(UUID id);

    /** The oldest first. */
    List<Webhook> all();

    /** The ids of those that receive events of this type. */
    List<UUID> receivingType(String eventType);
}
