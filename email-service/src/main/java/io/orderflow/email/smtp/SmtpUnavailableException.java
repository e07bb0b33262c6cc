package io.orderflow.email.smtp;

import io.orderflow.email.domain.Email;
import org.springframework.mail.MailException;

/** The SMTP server is unavailable or refuses temporarily. Contains no address, in contrast to its causes. */
class SmtpUnavailableException extends RuntimeException {

    SmtpUnavailableException(Email email, MailException why) {
        super("The " + email.kind() + " of order " + email.orderId() + " cannot be sent at the moment ("
                + SmtpReplies.describe(why) + ").");
    }
}
