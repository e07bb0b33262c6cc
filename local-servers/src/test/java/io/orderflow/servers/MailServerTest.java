package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailServerTest {

    private final int port = Ports.free();
    private final MailServer server = new MailServer(port, Ports.free());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void recipients_are_refused_until_they_are_accepted_again() throws IOException {
        assertThat(replyToRecipient()).startsWith("250");

        server.refuse(451);
        assertThat(replyToRecipient()).startsWith("451");

        server.refuse(550);
        assertThat(replyToRecipient()).startsWith("550");

        server.accept();
        assertThat(replyToRecipient()).startsWith("250");
    }

    private String replyToRecipient() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port);
                BufferedReader replies =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            replies.readLine();
            String reply = "";
            for (String command : new String[] {"HELO a", "MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>"}) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                reply = replies.readLine();
            }
            return reply;
        }
    }
}
