package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contacts;
import io.orderflow.email.domain.EmailAddress;
import io.orderflow.email.domain.Letter;
import io.orderflow.email.domain.LetterRefusedException;
import io.orderflow.email.domain.Mails;
import io.orderflow.email.domain.Postman;
import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Sends a letter once: it is claimed, then sent outside any transaction, then noted as sent. If this process dies between
 * sending and noting, the letter is sent again when the claim has run out, with the same Message-ID.
 */
@Service
public class SendLetter {

    /** Longer than any one conversation with the SMTP server lasts, whose every step has a time-out of seconds. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(SendLetter.class);

    private final Contacts contacts;
    private final Mails mails;
    private final Postman postman;

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
        } else if (!mails.isSent(letter)) {
            throw new LetterClaimedException(letter);
        }
    }

    private void deliver(Letter letter, EmailAddress to, int attempt) {
        try {
            postman.deliver(letter, to);
        } catch (LetterRefusedException e) {
            mails.failed(letter, attempt, String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            mails.release(letter, attempt);
            throw e;
        }
        mails.sent(letter);
        log.info("The {} of order {} is sent.", letter.kind(), letter.orderId());
    }
}
