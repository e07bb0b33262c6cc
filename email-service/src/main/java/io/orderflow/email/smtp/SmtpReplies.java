package io.orderflow.email.smtp;

import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailSendException;

/** What an SMTP server said, read out of the exceptions that were made of it. */
final class SmtpReplies {

    private static final int AUTHENTICATION = 53;

    private SmtpReplies() {}

    /**
     * The reply by which a mail was refused for good: 5yz (RFC 5321, 4.2.1), unless it is about our own log-in (53z),
     * which people can put right.
     */
    static Optional<Integer> refusal(MailSendException failure) {
        return Stream.of(failure.getMessageExceptions())
                .flatMap(SmtpReplies::chain)
                .map(SmtpReplies::reply)
                .filter(reply -> reply / 100 == 5 && reply / 10 != AUTHENTICATION)
                .findFirst();
    }

    private static Stream<Exception> chain(Exception failure) {
        return Stream.iterate(
                failure,
                each -> each != null,
                each -> each instanceof MessagingException messaging ? messaging.getNextException() : null);
    }

    private static int reply(Exception failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        return failure instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }
}
