package io.orderflow.messaging.jdbc;

import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.ClassPathResource;

/** Databases in which an application with migrations of its own finds itself when it starts with this library. */
enum StartingDatabase {

    /** There is nothing. */
    EMPTY {
        @Override
        void prepare(String url) {}
    },

    /** The application has run without the library. */
    EXISTING {
        @Override
        void prepare(String url) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations(THEIR_MIGRATIONS)
                    .load()
                    .migrate();
        }
    },

    /** The application has run with a library whose migrations were among its own. */
    OLDER {
        @Override
        void prepare(String url) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations(THEIR_MIGRATIONS, "filesystem:" + oldScripts())
                    .outOfOrder(true)
                    .load()
                    .migrate();
        }
    };

    static final String THEIR_MIGRATIONS = "classpath:db/somebody-elses";

    static final List<String> OLD = List.of(
            "V0.1__outbox_and_inbox.sql",
            "V0.2__dead_letters.sql",
            "V0.3__held_keys_and_quarantine.sql",
            "V0.4__sequences.sql");

    abstract void prepare(String url);

    /** The address of such a database. */
    String create() {
        String url = PostgresServer.find().createFreshDatabase("schema");
        prepare(url);
        return url;
    }

    private static Path oldScripts() {
        try {
            Path folder = Files.createTempDirectory("old-scripts");
            for (String name : OLD) {
                Path copy = folder.resolve(name);
                Files.write(copy, new ClassPathResource("db/messaging/" + name).getContentAsByteArray());
                copy.toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
