package io.orderflow.email.smtp;

import io.orderflow.email.domain.Letter;
import io.orderflow.email.domain.LetterRefusedException;
import io.orderflow.email.domain.Postman;
import io.orderflow.events.EmailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

@Component
@EnableConfigurationProperties(SmtpProperties.class)
class SmtpPostman implements Postman {

    private final JavaMailSender sender;
    private final SmtpProperties properties;
    private final InstantSource clock;

    SmtpPostman(JavaMailSender sender, SmtpProperties properties, InstantSource clock) {
        this.sender = sender;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void deliver(Letter letter, EmailAddress to) {
        MimeMessage mail = mail(letter, to);
        try {
            sender.send(mail);
        } catch (MailException e) {
            int reply = SmtpReplies.refusal(e).orElseThrow(() -> new SmtpUnavailableException(letter, e));
            throw new LetterRefusedException("The mail server refused the " + letter.kind() + " of order "
                    + letter.orderId() + " with " + reply + ". It is not tried again by itself.");
        }
    }

    private MimeMessage mail(Letter letter, EmailAddress to) {
        try {
            MimeMessage mail = sender.createMimeMessage();
            mail.setFrom(new InternetAddress(properties.from(), true));
            mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to.value(), true));
            mail.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
            mail.setText(letter.text(), StandardCharsets.UTF_8.name());
            mail.setSentDate(Date.from(clock.instant()));
            mail.setHeader("Message-ID", letter.messageId()); // the sender keeps it
            mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no vacation replies, please
            return mail;
        } catch (MessagingException e) {
            throw new LetterRefusedException("The " + letter.kind() + " of order " + letter.orderId()
                    + " cannot be made a mail (" + e.getClass().getSimpleName() + ").");
        }
    }
}
