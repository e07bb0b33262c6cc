package io.orderflow.email.domain;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The recorded e-mails, one an order and kind. Each call is a transaction of its own. */
public interface EmailRecords {

    /**
     * Leases the sending of an e-mail for that long, by the database's clock. Empty if it was sent, if it is leased, if it
     * is superseded, or while an e-mail that it supersedes is being sent: so none of those is sent after it. A failed
     * e-mail can be leased again.
     *
     * @return the number of this attempt, from 1: the fencing token of the lease
     */
    OptionalInt lease(Email email, Duration period);

    /** Renews a lease, unless the e-mail is sent or the lease has another owner. */
    void renew(Email email, int attempt, Duration period);

    /** Whether the e-mail was sent. */
    boolean isSent(Email email);

    /** Whether an e-mail that supersedes this one was sent or is leased. */
    boolean isSuperseded(Email email);

    /** Records that the e-mail was sent, also if the lease has expired meanwhile. */
    void sent(Email email);

    /** Releases a lease, for another attempt. */
    void release(Email email, int attempt);

    /** Records that the e-mail was refused permanently. */
    void failed(Email email, int attempt, String why);

    /**
     * Some of all e-mails, or of one order's, newest first.
     *
     * @param after the e-mail behind which they begin; null for the newest
     */
    List<EmailRecord> list(@Nullable String orderId, EmailRecord.@Nullable Key after, int limit);
}
