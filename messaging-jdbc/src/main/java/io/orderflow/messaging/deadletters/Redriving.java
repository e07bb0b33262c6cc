package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.database.StorableText;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.outbox.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Redrives and discards single dead letters. Safe for many threads and instances: of several concurrent decisions about one dead letter,
 * one succeeds.
 *
 * <p>A redrive sends the message, with its id and bytes and without its failures, to the retry topic of its group, which no other group
 * reads. It goes through the outbox in the transaction that changes the state.
 */
public final class Redriving {

    public static final int DEFAULT_MAX_REDRIVES = 5;

    private static final String REDRIVE = """
            update messaging_dead_letter
            set state = 'REDRIVEN', redriven = redriven + 1, redrive = gen_random_uuid(), job = :job, changed_at = now()
            where id = :id and state = 'WAITING' and redriven < :max and (not possibly_handled or :anyway)
            returning consumer_group, topic, message_id, message_key, value, headers, made_at, redrive
            """;
    private static final String DISCARD = """
            update messaging_dead_letter set state = 'DISCARDED', changed_at = now()
            where id = ? and state = 'WAITING'
            """;
    private static final String NOTE = """
            insert into messaging_dead_letter_action (dead_letter, who, action, job) values (:id, :who, :action, :job)
            """;
    private static final String SELECT = "select consumer_group, topic, state from messaging_dead_letter where id = ?";
    private static final String LIMIT = "select redriven >= ? from messaging_dead_letter where id = ?";

    private record Place(String consumerGroup, String topic, String state) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Set<Place> read;
    private final int maxRedrives;

    /**
     * @param subscriptions those of this application
     * @param maxRedrives how often a message may be redriven altogether
     */
    public Redriving(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Outbox outbox,
            Collection<Subscription> subscriptions,
            int maxRedrives) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.outbox = outbox;
        this.read = subscriptions.stream()
                .map(each -> new Place(each.group(), each.topic(), DeadLetterState.WAITING.name()))
                .collect(Collectors.toSet());
        this.maxRedrives = maxRedrives;
    }

    /** Redrives it, unless that could repeat the effect of its message. */
    public Decision redrive(long id, String who) {
        return Objects.requireNonNull(transaction.execute(status -> redriveInTransaction(id, who, null)));
    }

    /** Redrives it even if that could repeat its effect: for an operator who knows that it was not handled, or is idempotent. */
    public Decision redriveAnyway(long id, String who) {
        return Objects.requireNonNull(transaction.execute(status -> redrive(id, who, null, true)));
    }

    /** Records that it need not be handled. Its row stays until the cleanup deletes it. */
    public Decision discard(long id, String who) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (jdbc.sql(DISCARD).param(id).update() == 0) {
                return refusal(id);
            }
            note(id, who, "discarded", null);
            return Decision.DONE;
        }));
    }

    /** In the caller's transaction. */
    Decision redriveInTransaction(long id, String who, @Nullable UUID job) {
        return redrive(id, who, job, false);
    }

    private Decision redrive(long id, String who, @Nullable UUID job, boolean anyway) {
        List<Place> places = jdbc.sql(SELECT).param(id).query(Place.class).list();
        if (places.stream().anyMatch(this::isUnread)) {
            return Decision.NOBODY_READS;
        }
        List<Redriven> sent = jdbc.sql(REDRIVE)
                .param("id", id)
                .param("job", job)
                .param("max", maxRedrives)
                .param("anyway", anyway)
                .query(Redriven::of)
                .list();
        if (sent.isEmpty()) {
            return refusal(id);
        }
        sent.forEach(each -> outbox.add(each.topic(), List.of(each.message())));
        note(id, who, "redriven", job);
        return Decision.DONE;
    }

    private boolean isUnread(Place place) {
        return place.state().equals(DeadLetterState.WAITING.name()) && !read.contains(place);
    }

    private Decision refusal(long id) {
        List<Place> places = jdbc.sql(SELECT).param(id).query(Place.class).list();
        if (places.isEmpty()) {
            return Decision.UNKNOWN;
        }
        if (!places.get(0).state().equals(DeadLetterState.WAITING.name())) {
            return Decision.NOT_WAITING;
        }
        boolean limitReached =
                jdbc.sql(LIMIT).params(maxRedrives, id).query(Boolean.class).single();
        return limitReached ? Decision.LIMIT_REACHED : Decision.POSSIBLY_HANDLED;
    }

    private void note(long id, String who, String action, @Nullable UUID job) {
        jdbc.sql(NOTE)
                .param("id", id)
                .param("who", StorableText.of(who))
                .param("action", action)
                .param("job", job)
                .update();
    }
}
