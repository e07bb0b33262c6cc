package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.unit.DataSize;

/** More slow clients than the server has threads. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = ThingsApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.tomcat.threads.max=20",
            "orderflow.http.body-timeout=3s",
            "orderflow.http.max-body-size=10KB",
            "orderflow.http.max-buffered-size=20KB"
        })
class SlowBodiesTest {

    private static final String BODY = "{\"items\":[]}";
    private static final int SLOW_CLIENTS = 300;
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final List<SocketChannel> connections = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @AfterEach
    void closeConnections() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }

    @Test
    void slow_clients_delay_no_other_and_are_answered_after_the_timeout(CapturedOutput output) throws Exception {
        post(BODY);
        int before = output.getAll().length();
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            begin(i % 2 == 0 ? "Content-Length: 1000" : "Transfer-Encoding: chunked");
        }
        List<Duration> waited = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            for (int j = i; j < SLOW_CLIENTS; j += 10) {
                send(connections.get(j), j % 2 == 0 ? "{" : "1\r\n{\r\n");
            }
            long start = System.nanoTime();
            assertThat(post(BODY)).isEqualTo(200);
            waited.add(Duration.ofNanos(System.nanoTime() - start));
        }
        assertThat(waited.stream().sorted().skip(waited.size() / 2).findFirst())
                .as("the median of %s", waited)
                .hasValueSatisfying(median -> assertThat(median).isLessThan(Duration.ofSeconds(1)));

        for (SocketChannel connection : connections) {
            assertThat(answer(connection)).startsWith("HTTP/1.1 408").contains("application/problem+json", "3000 ms");
        }
        assertThat(output.getAll().substring(before)).doesNotContain("WARN", "ERROR", "Response already committed");
    }

    @Test
    void a_body_in_pieces_is_assembled() throws IOException {
        SocketChannel connection = begin("Content-Length: " + BODY.length());
        for (char each : BODY.toCharArray()) {
            send(connection, String.valueOf(each));
        }
        assertThat(answer(connection)).startsWith("HTTP/1.1 200").endsWith("added");
    }

    @Test
    void a_connection_is_reused() throws IOException {
        SocketChannel connection = open();
        for (int i = 0; i < 3; i++) {
            send(connection, head("Content-Length: " + BODY.length()) + BODY);
            assertThat(read(connection, "added")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_disconnected_client_leaves_no_log_line_and_no_buffered_bytes(CapturedOutput output) throws Exception {
        int before = output.getAll().length();
        for (int i = 0; i < 20; i++) {
            SocketChannel connection = begin("Content-Length: 9000");
            send(connection, " ".repeat(8_000));
            connection.close();
        }
        await().untilAsserted(() -> {
            SocketChannel whole = begin("Content-Length: 9000");
            send(whole, " ".repeat(9_000 - BODY.length()) + BODY);
            assertThat(answer(whole)).startsWith("HTTP/1.1 200");
        });
        assertThat(output.getAll().substring(before)).doesNotContain("WARN", "ERROR");
    }

    @Test
    void all_buffered_bodies_together_are_limited() throws Exception {
        List<String> answers = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (int i = 0; i < 3; i++) {
                send(begin("Content-Length: 9000"), " ".repeat(8_000));
            }
            SocketChannel another = begin("Content-Length: 9000");
            send(another, " ".repeat(8_000));
            answers.add(answer(another));
            assertThat(answers)
                    .anySatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After"));
        });
    }

    @Test
    void an_invalid_limit_names_its_property() {
        DataSize size = DataSize.ofKilobytes(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpProperties(size, Duration.ZERO, size))
                .withMessageContaining("orderflow.http.body-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpProperties(size, Duration.ofSeconds(1), DataSize.ofBytes(1)))
                .withMessageContaining("orderflow.http.max-buffered-size");
    }

    private int post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/things"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private SocketChannel begin(String length) throws IOException {
        SocketChannel connection = open();
        send(connection, head(length));
        return connection;
    }

    private SocketChannel open() throws IOException {
        SocketChannel connection = SocketChannel.open(new InetSocketAddress("localhost", port));
        connections.add(connection);
        return connection;
    }

    private static String head(String length) {
        return "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n";
    }

    private static void send(SocketChannel connection, String text) throws IOException {
        connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String answer(SocketChannel connection) throws IOException {
        return read(connection, "added");
    }

    /** Reads until the server has sent this or closed the connection. */
    private static String read(SocketChannel connection, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (text.indexOf(end) < 0 && connection.read(buffer) >= 0) {
            text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
            buffer.clear();
        }
        return text.toString();
    }
}
