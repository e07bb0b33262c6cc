package io.orderflow.email.smtp;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/** The replies of an SMTP server, taken from the exceptions of the mail client. */
final class SmtpReplies {

    private static final int AUTHENTICATION = 53;

    private SmtpReplies() {}

    /**
     * The reply that refuses an e-mail permanently: 5yz (RFC 5321, 4.2.1), except 53z: it is about this service's own
     * login, which an operator can repair.
     */
    static Optional<Integer> refusal(MailException failure) {
        return causes(failure)
                .map(SmtpReplies::reply)
                .filter(reply -> reply / 100 == 5 && reply / 10 != AUTHENTICATION)
                .findFirst();
    }

    /** The names of the exceptions and the reply. Their messages may contain an address, so they are left out. */
    static String describe(MailException failure) {
        return causes(failure)
                .map(each -> each.getClass().getSimpleName() + (reply(each) > 0 ? " " + reply(each) : ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The causes of a failure: those of each mail, or else of the connection. */
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
