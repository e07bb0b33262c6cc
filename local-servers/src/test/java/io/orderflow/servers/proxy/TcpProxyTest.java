package io.orderflow.servers.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TcpProxyTest {

    private static final int SILENT_MILLIS = 300;

    private final EchoServer server = new EchoServer();
    private final TcpProxy proxy = TcpProxy.to("localhost", server.port());
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        proxy.close();
        server.close();
    }

    @Test
    void bytes_and_the_end_of_a_connection_are_forwarded_unchanged() throws IOException {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        Socket client = connect();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                client.getOutputStream().write(large);
                client.shutdownOutput();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(client.getInputStream().readAllBytes()).isEqualTo(large);
        writing.join();
        await().untilAsserted(() -> assertThat(proxy.connections()).isZero());
    }

    @Test
    void a_delay_applies_to_each_chunk() throws IOException {
        Socket client = connect();
        proxy.delay(Duration.ofMillis(150));
        long start = System.nanoTime();

        say(client, "slow");

        assertThat(hear(client, 4)).isEqualTo("slow");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_silence_passes_nothing_and_everything_arrives_afterwards() throws IOException {
        Socket before = connect();
        say(before, "a");
        assertThat(hear(before, 1)).isEqualTo("a");
        proxy.blackhole();

        Socket during = connect();
        say(before, "b");
        say(during, "c");
        assertSilent(before);
        assertSilent(during);
        assertThat(server.opened).as("connections that the server has seen").hasValue(1);

        proxy.heal();
        assertThat(hear(before, 1)).isEqualTo("b");
        assertThat(hear(during, 1)).isEqualTo("c");
    }

    @Test
    void a_silence_hides_the_end_of_a_client() throws IOException {
        Socket client = connect();
        say(client, "a");
        assertThat(hear(client, 1)).isEqualTo("a");
        proxy.blackhole();
        client.close();

        try (Socket other = connect()) {
            assertSilent(other);
            assertThat(server.ended).hasValue(0);
        }
        proxy.heal();
        await().untilAsserted(() -> assertThat(server.ended).hasValue(2));
    }

    @Test
    void a_reset_ends_both_sides_and_new_connections_work() throws IOException {
        Socket client = connect();
        say(client, "a");
        assertThat(hear(client, 1)).isEqualTo("a");

        proxy.reset();

        assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
        await().untilAsserted(() -> assertThat(server.ended).hasValue(1));
        Socket next = connect();
        say(next, "b");
        assertThat(hear(next, 1)).isEqualTo("b");
    }

    @Test
    void connections_are_refused_until_it_is_healed() throws IOException {
        Socket client = connect();
        say(client, "a");
        assertThat(hear(client, 1)).isEqualTo("a");

        proxy.refuse();

        assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.heal();
        Socket next = connect();
        say(next, "b");
        assertThat(hear(next, 1)).isEqualTo("b");
    }

    /** From a port of that range a client can connect to itself. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void its_port_is_not_one_of_outgoing_connections() throws IOException {
        String range = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                .get(0);
        assertThat(proxy.port()).isLessThan(Integer.parseInt(range.split("\\s+")[0]));
    }

    @Test
    void no_connection_is_accepted_once_refuse_has_returned() throws IOException {
        for (int i = 0; i < 500; i++) {
            proxy.refuse();
            assertThatThrownBy(this::connect).as("connection %d", i).isInstanceOf(ConnectException.class);
            proxy.heal();
        }
    }

    /** A process that is being started holds copies of all sockets until it has replaced its program. */
    @Test
    void no_connection_is_accepted_once_refuse_has_returned_while_processes_are_started() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> {
            while (!refused.get()) {
                startAndAwait("true");
            }
        });

        try {
            no_connection_is_accepted_once_refuse_has_returned();
        } finally {
            refused.set(true);
            starting.join();
        }
    }

    @Test
    void a_connection_is_cut_after_exactly_that_many_bytes() throws IOException {
        Socket client = connect();
        say(client, "uncounted");
        assertThat(hear(client, 9)).isEqualTo("uncounted");
        proxy.cutAfter(10);

        say(client, "1234");
        assertThat(hear(client, 4)).isEqualTo("1234");
        say(client, "567890");

        assertThatThrownBy(() -> hear(client, 3)).isInstanceOf(SocketException.class);
        assertThat(proxy.cuts()).isEqualTo(1);
        proxy.heal();
        Socket next = connect();
        say(next, "long enough to be cut");
        assertThat(hear(next, 21)).isEqualTo("long enough to be cut");
    }

    @Test
    void a_connection_that_passes_the_limit_in_both_directions_at_once_is_cut_once() throws IOException {
        int connections = 50;
        try (ServerSocket talking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpProxy between = TcpProxy.to("localhost", talking.getLocalPort())) {
            for (int i = 0; i < connections; i++) {
                between.heal();
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), between.port());
                        Socket answering = talking.accept()) {
                    between.blackhole();
                    say(client, "123456");
                    say(answering, "123456");
                    between.cutAfter(5);
                    await().untilAsserted(
                                    () -> assertThat(between.connections()).isZero());
                }
            }
            assertThat(between.cuts()).isEqualTo(connections);
        }
    }

    @Test
    void close_ends_all_threads_even_during_a_silence() throws IOException {
        say(connect(), "a");
        proxy.blackhole();
        say(connect(), "b");

        proxy.close();
        proxy.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("proxy-" + proxy.port()));
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }

    private static void startAndAwait(String program) {
        try {
            new ProcessBuilder(program).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(10_000);
        clients.add(client);
        return client;
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket client, int length) throws IOException {
        byte[] heard = client.getInputStream().readNBytes(length);
        assertThat(heard).as("heard: %s", Arrays.toString(heard)).hasSize(length);
        return new String(heard, StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(SILENT_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(10_000);
    }
}
