package io.orderflow.servers;

import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts every mail by SMTP, except after {@link #refuse}, and forwards none. {@code GET /api/v1/messages} lists
 * the mails in the format of Mailpit, which docker compose runs instead.
 */
public final class MailServer implements AutoCloseable {

    /** Mailpit's port for HTTP. */
    public static final int HTTP_PORT = 8025;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HOST = "127.0.0.1";

    private static final String MESSAGES = "/api/v1/messages";

    private final RefusingGreenMail smtp;
    private final HttpServer http;

    /** One that listens on these ports of the loopback interface. */
    public MailServer(int smtpPort, int httpPort) {
        smtp = new RefusingGreenMail(new ServerSetup(smtpPort, HOST, ServerSetup.PROTOCOL_SMTP));
        smtp.getManagers().getUserManager().setAuthRequired(false);
        smtp.start();
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getByName(HOST), httpPort), 0);
        } catch (IOException e) {
            smtp.stop();
            throw new ServerUnavailableException("The mail server cannot listen on HTTP port " + httpPort + ".", e);
        }
        http.createContext(MESSAGES, this::list);
        http.start();
    }

    /** Answers every recipient with this reply from now on: 4yz asks to try again, 5yz is final. Connections stay possible. */
    public void refuse(int reply) {
        smtp.reply = reply + " refused by ./orderflow mail refuse " + reply;
    }

    /** Accepts every mail from now on, as at the start. */
    public void accept() {
        smtp.reply = null;
    }

    /** The address that lists the mails. */
    public URI messages() {
        return URI.create("http://localhost:" + http.getAddress().getPort() + MESSAGES);
    }

    @Override
    public void close() {
        http.stop(0);
        smtp.stop();
    }

    private void list(HttpExchange exchange) throws IOException {
        List<Map<String, Object>> mails = Arrays.stream(smtp.getReceivedMessages())
                .map(MailServer::summary)
                .toList();
        byte[] body = JSON.writeValueAsBytes(Map.of("total", mails.size(), "messages", mails));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, Object> summary(MimeMessage mail) {
        try {
            return Map.of(
                    "MessageID", bare(mail.getMessageID()),
                    "Subject", Objects.toString(mail.getSubject(), ""),
                    "Size", mail.getSize(),
                    "To", addresses(mail.getAllRecipients()));
        } catch (MessagingException e) {
            throw new IllegalStateException("A received mail cannot be parsed.", e);
        }
    }

    private static List<Map<String, String>> addresses(Address[] addresses) {
        return Arrays.stream(addresses)
                .map(address -> Map.of("Address", address.toString()))
                .toList();
    }

    private static String bare(String messageId) {
        return Objects.toString(messageId, "").replaceAll("[<>]", "");
    }
}
