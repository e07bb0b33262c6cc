package io.orderflow.messaging.testkit.interoperability;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.servers.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** redis-cli exchanges events with the library. */
class RedisInteroperabilityTest {

    private static final RedisServer SERVER = RedisServer.find();
    private static final NotesApplication NOTES = new NotesApplication(Map.of(
            "messaging.broker",
            "redis",
            "spring.data.redis.host",
            SERVER.host(),
            "spring.data.redis.port",
            SERVER.port()));
    private static final Tool CLI = new Tool("redis-cli");

    @AfterAll
    static void stop() {
        NOTES.close();
    }

    @Test
    void redis_cli_sends_plain_json_and_reads_an_event() throws Exception {
        Note sent = new Note("linus", "sent by redis-cli");
        run("XADD", NOTES.topic(), "*", "payload", sent.json());
        NOTES.assertHandled(sent);

        Note published = new Note("ada", "read by redis-cli");
        NOTES.publish(published);
        NOTES.assertHandled(published);
        String streams = run("--raw", "KEYS", NOTES.topic() + "*");
        assertThat(streams.lines()).isNotEmpty();
        StringBuilder entries = new StringBuilder();
        for (String stream : streams.lines().toList()) {
            if (run("TYPE", stream).contains("stream")) {
                entries.append(run("--raw", "XRANGE", stream, "-", "+"));
            }
        }
        assertThat(entries.toString()).contains(published.json(), Note.TYPE);
    }

    private static String run(String... command) throws Exception {
        String[] arguments = new String[command.length + 4];
        arguments[0] = "-h";
        arguments[1] = SERVER.host();
        arguments[2] = "-p";
        arguments[3] = Integer.toString(SERVER.port());
        System.arraycopy(command, 0, arguments, 4, command.length);
        return CLI.run("", arguments);
    }
}
