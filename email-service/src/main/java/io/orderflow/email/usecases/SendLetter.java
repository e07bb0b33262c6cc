package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contacts;
import io.orderflow.email.domain.Letter;
import io.orderflow.email.domain.LetterRefusedException;
import io.orderflow.email.domain.Mails;
import io.orderflow.email.domain.Postman;
import io.orderflow.events.EmailAddress;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Sends a letter once: it is claimed, then sent outside any transaction, then noted as sent. A claim is short, so that it
 * costs a letter seconds if this process dies, and renewed while a slow server takes its time. If this process dies between
 * sending and noting, the letter is sent again when the claim has run out, with the same Message-ID.
 *
 * <p>The claims also keep letters of one order apart: a confirmation is not sent any more once its order's cancellation is
 * claimed, and a cancellation waits while a confirmation is being sent.
 */
@Service
public class SendLetter {

    static final Duration LEASE = Duration.ofSeconds(10);

    private static final String RENEWED_EVERY = "PT3S";

    private static final Logger log = LoggerFactory.getLogger(SendLetter.class);

    private final Contacts contacts;
    private final Mails mails;
    private final Postman postman;
    private final Map<Letter, Integer> claims = new ConcurrentHashMap<>();

    SendLetter(Contacts contacts, Mails mails, Postman postman) {
        this.contacts = contacts;
        this.mails = mails;
        this.postman = postman;
    }

    public void send(Letter letter) {
        EmailAddress to =
                contacts.find(letter.orderId()).orElseThrow(() -> new ContactUnknownException(letter.orderId()));
        OptionalInt claim = mails.claim(letter, LEASE);
        if (claim.isPresent()) {
            deliver(letter, to, claim.getAsInt());
        } else if (mails.isOvertaken(letter)) {
            log.info("The {} of order {} is not sent, a later letter overtook it.", letter.kind(), letter.orderId());
        } else if (!mails.isSent(letter)) {
            throw new LetterClaimedException(letter);
        }
    }

    private void deliver(Letter letter, EmailAddress to, int attempt) {
        claims.put(letter, attempt);
        try {
            postman.deliver(letter, to);
        } catch (LetterRefusedException e) {
            mails.failed(letter, attempt, String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            mails.release(letter, attempt);
            throw e;
        } finally {
            claims.remove(letter, attempt);
        }
        mails.sent(letter);
        log.info("The {} of order {} is sent.", letter.kind(), letter.orderId());
    }

    @Scheduled(fixedRateString = RENEWED_EVERY)
    void renewClaims() {
        try {
            claims.forEach((letter, attempt) -> mails.renew(letter, attempt, LEASE));
        } catch (DataAccessException e) {
            log.warn("Letters that are being sent could not be claimed for longer: {}", e.getMessage());
        }
    }
}
