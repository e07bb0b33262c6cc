package io.orderflow.email.smtp;

import io.orderflow.email.domain.Letter;
import org.springframework.mail.MailException;

/** The SMTP server is away, or says to come again. Names no address, as the exceptions behind it may. */
class SmtpUnavailableException extends RuntimeException {

    SmtpUnavailableException(Letter letter, MailException why) {
        super("The " + letter.kind() + " of order " + letter.orderId() + " could not be sent for now ("
                + SmtpReplies.describe(why) + ").");
    }
}
