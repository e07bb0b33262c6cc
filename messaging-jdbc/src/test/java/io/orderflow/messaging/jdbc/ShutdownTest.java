package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.servers.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** SIGTERM, to an application that is a process of its own and has {@value TerminatedApplication#IN_FLIGHT} messages in flight. */
@Execution(ExecutionMode.CONCURRENT)
class ShutdownTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private String url;
    private JdbcClient jdbc;
    private Process process;

    @BeforeEach
    void createTables() {
        url = PostgresServer.find().createFreshDatabase("shutdown");
        DataSource database = new DriverManagerDataSource(url);
        ResourceDatabasePopulator populator = LibraryScripts.populator();
        populator.addScript(new ByteArrayResource(
                "create table handled (order_id text not null)".getBytes(StandardCharsets.UTF_8)));
        populator.execute(database);
        jdbc = JdbcClient.create(database);
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void what_is_in_flight_is_drained() throws Exception {
        start("quick");
        terminate();
        assertThat(handled()).isEqualTo(TerminatedApplication.IN_FLIGHT);
    }

    @Test
    void what_cannot_be_drained_in_time_is_given_back_after_the_message_that_is_being_handled() throws Exception {
        start("slow");
        terminate();
        assertThat(handled()).isBetween(1L, TerminatedApplication.IN_FLIGHT - 1L);
        assertThat(noted()).as("messages noted, of which the effects are there").isEqualTo(handled());
    }

    /** With a broker that never answers the outbox's relay, too: what each part may take must not add up to more. */
    @Test
    void a_handler_that_hangs_and_ignores_being_interrupted_neither_holds_up_the_end_nor_commits() throws Exception {
        start("hanging");
        terminate();
        assertThat(handled()).isZero();
        assertThat(noted()).isZero();
    }

    private void start(String mode) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TerminatedApplication.class.getName(),
                        "--messaging.broker=memory",
                        "--spring.datasource.url=" + url,
                        "--test.mode=" + mode)
                .redirectErrorStream(true)
                .start();
        BufferedReader said = process.inputReader();
        StringBuilder all = new StringBuilder();
        String line;
        do {
            line = said.readLine();
            all.append(line).append('\n');
        } while (line != null && !line.equals(TerminatedApplication.HANDLING));
        assertThat(line).as("the last line of:%n%s", all).isEqualTo(TerminatedApplication.HANDLING);
        Thread reader = new Thread(() -> said.lines().forEach(each -> {})); // or it would block when the pipe is full
        reader.setDaemon(true);
        reader.start();
    }

    private void terminate() throws InterruptedException {
        process.destroy(); // SIGTERM
        assertThat(process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS))
                .as("the process has ended within %s", WITHIN)
                .isTrue();
    }

    private long handled() {
        return jdbc.sql("select count(*) from handled").query(Long.class).single();
    }

    private long noted() {
        return jdbc.sql("select count(*) from messaging_inbox")
                .query(Long.class)
                .single();
    }
}
