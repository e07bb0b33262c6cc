package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contact;
import io.orderflow.email.domain.Contacts;
import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailRecords;
import io.orderflow.email.domain.EmailRefusedException;
import io.orderflow.email.domain.EmailTransport;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Sends an e-mail once: it is leased, sent outside any transaction, and recorded as sent. The lease is short, so that a
 * crash delays the e-mail by seconds, and is renewed while a slow server answers. After a crash between sending and
 * recording, the e-mail is sent again when the lease has expired, with the same Message-ID.
 *
 * <p>The leases also order the e-mails of one order: a confirmation is not sent any more once the order's cancellation is
 * leased, and a cancellation waits while a confirmation is being sent.
 */
@Service
public class SendEmail {

    static final Duration LEASE = Duration.ofSeconds(10);

    private static final String RENEWED_EVERY = "PT3S";

    private static final Logger log = LoggerFactory.getLogger(SendEmail.class);

    private final Contacts contacts;
    private final EmailRecords records;
    private final EmailTransport transport;
    private final Map<Email, Integer> leases = new ConcurrentHashMap<>();

    SendEmail(Contacts contacts, EmailRecords records, EmailTransport transport) {
        this.contacts = contacts;
        this.records = records;
        this.transport = transport;
    }

    public void send(Email email) {
        Contact to = contacts.find(email.orderId()).orElseThrow(() -> new ContactUnknownException(email.orderId()));
        OptionalInt attempt = records.lease(email, LEASE);
        if (attempt.isPresent()) {
            deliver(email, to, attempt.getAsInt());
        } else if (records.isSuperseded(email)) {
            log.info("The {} of order {} is not sent: a later e-mail supersedes it.", email.kind(), email.orderId());
        } else if (!records.isSent(email)) {
            throw new EmailLeasedException(email);
        }
    }

    private void deliver(Email email, Contact to, int attempt) {
        leases.put(email, attempt);
        try {
            transport.deliver(email.completedFrom(to), to.address());
        } catch (EmailRefusedException e) {
            records.failed(email, attempt, String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            records.release(email, attempt);
            throw e;
        } finally {
            leases.remove(email, attempt);
        }
        records.sent(email);
        log.info("The {} of order {} is sent.", email.kind(), email.orderId());
    }

    @Scheduled(fixedRateString = RENEWED_EVERY)
    void renewLeases() {
        leases.forEach((email, attempt) -> records.renew(email, attempt, LEASE));
    }
}
