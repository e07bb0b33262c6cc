package io.orderflow.messaging.testkit.database;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A relay as a Java process of its own, which says what it has sent before it deletes it. */
final class RelayProcess implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(2);

    private final Process process;
    private final BufferedReader said;

    private RelayProcess(Process process) {
        this.process = process;
        this.said = process.inputReader();
    }

    static RelayProcess start(String url) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProcess.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new RelayProcess(process);
    }

    /** The next id that it has sent. */
    String nextSent() throws IOException {
        String line;
        do {
            line = said.readLine();
        } while (line != null && !line.startsWith("sent "));
        return line == null ? "" : line.substring("sent ".length());
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        kill();
    }

    /** Arguments: the database. What it sends it prints, and then stands still for a moment before it deletes it. */
    public static void main(String[] args) throws InterruptedException {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(args[0]);
        MessageProducer<String, byte[]> printing = new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                messages.forEach(message -> System.out.println("sent " + message.header(Headers.ID)));
                System.out.flush();
                try {
                    Thread.sleep(300); // time in which the test can kill or freeze it
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void close() {}
        };
        new OutboxRelay(database, printing, RelayOptions.defaults().withLease(LEASE)).start();
        new CountDownLatch(1).await();
    }
}
