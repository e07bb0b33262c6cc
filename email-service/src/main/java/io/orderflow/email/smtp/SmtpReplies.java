package io.orderflow.email.smtp;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/** What an SMTP server said, read out of the exceptions that were made of it. */
final class SmtpReplies {

    private static final int AUTHENTICATION = 53;

    private SmtpReplies() {}

    /**
     * The reply by which a mail was refused for good: 5yz (RFC 5321, 4.2.1), unless it is about our own log-in (53z),
     * which people can put right.
     */
    static Optional<Integer> refusal(MailException failure) {
        return causes(failure)
                .map(SmtpReplies::reply)
                .filter(reply -> reply / 100 == 5 && reply / 10 != AUTHENTICATION)
                .findFirst();
    }

    /** What went wrong, by the names of the exceptions and the reply: their messages may name a person. */
    static String describe(MailException failure) {
        return causes(failure)
                .map(each -> each.getClass().getSimpleName() + (reply(each) > 0 ? " " + reply(each) : ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The exceptions behind a failure: of each mail, or else of the sending itself. */
    private static Stream<Throwable> causes(MailException failure) {
        Exception[] ofMails =
                failure instanceof MailSendException send ? send.getMessageExceptions() : new Exception[0];
        return ofMails.length == 0 ? chain(failure) : Stream.of(ofMails).flatMap(SmtpReplies::chain);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static int reply(Throwable failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        return failure instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }
}
