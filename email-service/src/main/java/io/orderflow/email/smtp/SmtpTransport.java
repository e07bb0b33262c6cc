package io.orderflow.email.smtp;

import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailRefusedException;
import io.orderflow.email.domain.EmailTransport;
import io.orderflow.events.EmailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

@Component
@EnableConfigurationProperties(SmtpProperties.class)
class SmtpTransport implements EmailTransport {

    private final JavaMailSender sender;
    private final SmtpProperties properties;
    private final InstantSource clock;

    SmtpTransport(JavaMailSender sender, SmtpProperties properties, InstantSource clock) {
        this.sender = sender;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void deliver(Email email, EmailAddress to) {
        MimeMessage mail = mail(email, to);
        try {
            sender.send(mail);
        } catch (MailException e) {
            int reply = SmtpReplies.refusal(e).orElseThrow(() -> new SmtpUnavailableException(email, e));
            throw new EmailRefusedException("The mail server refused the " + email.kind() + " of order "
                    + email.orderId() + " with " + reply + ". It is not retried.");
        }
    }

    private static void setContent(MimeMessage mail, Email email) throws MessagingException {
        if (email.purchaseOrder() == null) {
            mail.setText(email.text(), StandardCharsets.UTF_8.name());
            return;
        }
        MimeMessageHelper parts = new MimeMessageHelper(mail, true, StandardCharsets.UTF_8.name());
        parts.setText(email.text());
        parts.addAttachment(
                "purchase-order.txt",
                new ByteArrayResource(email.purchaseOrder().getBytes(StandardCharsets.UTF_8)),
                "text/plain; charset=UTF-8");
    }

    private MimeMessage mail(Email email, EmailAddress to) {
        try {
            MimeMessage mail = sender.createMimeMessage();
            mail.setFrom(new InternetAddress(properties.from(), true));
            mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to.value(), true));
            mail.setSubject(email.subject(), StandardCharsets.UTF_8.name());
            setContent(mail, email);
            mail.setSentDate(Date.from(clock.instant()));
            mail.setHeader("Message-ID", email.messageId()); // the sender keeps it
            mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no automatic replies
            return mail;
        } catch (MessagingException e) {
            throw new EmailRefusedException("The " + email.kind() + " of order " + email.orderId()
                    + " cannot be formatted as an e-mail (" + e.getClass().getSimpleName() + ").");
        }
    }
}
