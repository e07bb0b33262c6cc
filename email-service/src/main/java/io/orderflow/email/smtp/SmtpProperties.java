package io.orderflow.email.smtp;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sender of the e-mails; the server is configured by {@code spring.mail.*}.
 *
 * @param from address in the From header of all e-mails
 */
@ConfigurationProperties("email")
record SmtpProperties(@DefaultValue(DEFAULT_FROM) String from) {

    static final String DEFAULT_FROM = "Orderflow <orders@orderflow.example>";

    SmtpProperties {
        try {
            new InternetAddress(from, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("email.from must be a mail address: " + e.getMessage() + ".", e);
        }
    }
}
