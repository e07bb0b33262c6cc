package io.orderflow.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.email.domain.Contact;
import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailRefusedException;
import io.orderflow.email.domain.EmailTexts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderId;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpTransportTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final Email EMAIL = EmailTexts.dispatchNote(new OrderId("order-1"), "Päckchen & Söhne", "T-1");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void an_email_arrives_as_plain_text_with_its_message_id() throws Exception {
        transport(server.getSmtp().getPort()).deliver(EMAIL, ADA);

        MimeMessage mail = received();
        assertThat(mail.getMessageID()).isEqualTo("<order-1.dispatch-note@orderflow.example>");
        assertThat(mail.getSubject()).isEqualTo("Your order order-1 is on its way");
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("Orderflow <orders@orderflow.example>"));
        assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("ada@example.com"));
        assertThat(mail.getSentDate()).isEqualTo(NOW);
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat((String) mail.getContent()).contains("Päckchen & Söhne", "T-1");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @Test
    void a_confirmation_has_the_purchase_order_attached_and_other_emails_have_not() throws Exception {
        Contact contact = new Contact(ADA, "PO 7\nGrüße");
        Email confirmation = EmailTexts.confirmation(new OrderId("order-1"), List.of(), null, null);

        transport(server.getSmtp().getPort()).deliver(confirmation.completedFrom(contact), ADA);

        MimeMultipart parts = (MimeMultipart) received().getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("purchase-order.txt");
        assertThat(parts.getBodyPart(1).getContent().toString()).isEqualToNormalizingNewlines("PO 7\nGrüße");
        assertThat(received().getMessageID()).isEqualTo("<order-1.confirmation@orderflow.example>");
        assertThat(EMAIL.completedFrom(contact)).isEqualTo(EMAIL);
    }

    @Test
    void foreign_text_adds_no_header_and_no_recipient() throws Exception {
        String evil = "x\r\nBcc: victim@example.com\r\n.\r\nQUIT";
        transport(server.getSmtp().getPort()).deliver(EmailTexts.cancellation(new OrderId("order-1"), evil), ADA);

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(received().getHeader("Bcc")).isNull();
        assertThat(received().getAllRecipients()).containsExactly(new InternetAddress("ada@example.com"));
    }

    @Test
    void an_unavailable_server_is_a_transient_failure() {
        int port = server.getSmtp().getPort();
        server.stop();

        assertThatExceptionOfType(SmtpUnavailableException.class)
                .isThrownBy(() -> transport(port).deliver(EMAIL, ADA))
                .withMessageContainingAll("order-1", "ConnectException")
                .satisfies(e -> assertThat(e).hasNoCause());
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 5.1.1 No such user", "RCPT, 553 No", "MAIL, 552 5.3.4 Too big", "DATA, 554 5.7.1 Spam"})
    void a_permanent_refusal_is_not_retried(String verb, String reply) throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(verb, reply)) {
            assertThatExceptionOfType(EmailRefusedException.class)
                    .isThrownBy(() -> transport(server.port()).deliver(EMAIL, ADA))
                    .withMessageContaining(reply.substring(0, 3))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(ADA.value()));
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 450 4.2.1 Greylisted", "MAIL, 421 Too busy", "MAIL, 530 5.7.0 Log in first", "DATA, 451 Later"})
    void a_temporary_refusal_is_a_transient_failure(String verb, String reply) throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(verb, reply)) {
            assertThatExceptionOfType(SmtpUnavailableException.class)
                    .isThrownBy(() -> transport(server.port()).deliver(EMAIL, ADA));
        }
    }

    /** Random texts of valid and invalid characters. */
    @Test
    void an_email_can_be_sent_to_every_valid_address() throws Exception {
        Random random = new Random(24);
        String parts = "ab9.-_+'!#$%&*/=?^`{|}~\"\\(),:;<>[] \t\u00e4";
        int valid = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = random(random, parts) + "@" + random(random, "ab9-.\u00e4[]") + "." + random(random, "abc-");
            Optional<EmailAddress> address = address(text);
            if (address.isPresent()) {
                valid++;
                InternetAddress mailed = new InternetAddress(text, true);
                assertThat(mailed.toString()).isEqualTo(text);
                assertThat(InternetAddress.parse(text, true)).containsExactly(mailed);
            }
        }
        assertThat(valid).as("valid addresses").isGreaterThan(500);
    }

    private static Optional<EmailAddress> address(String text) {
        try {
            return Optional.of(new EmailAddress(text));
        } catch (InvalidOrderException e) {
            return Optional.empty();
        }
    }

    private static String random(Random random, String characters) {
        return random.ints(1 + random.nextInt(4), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private MimeMessage received() {
        return server.getReceivedMessages()[0];
    }

    private static SmtpTransport transport(int port) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(port);
        sender.getJavaMailProperties().put("mail.smtp.connectiontimeout", "5000");
        sender.getJavaMailProperties().put("mail.smtp.timeout", "10000");
        return new SmtpTransport(
                sender, new SmtpProperties(SmtpProperties.DEFAULT_FROM), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
