package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.database.ParkedMessages;
import io.orderflow.messaging.database.UnusableDatabaseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ParkedMessagesTest {

    private final HikariDataSource database = Databases.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void messages_that_an_earlier_version_has_parked_stop_the_start() {
        park();
        assertThatThrownBy(new ParkedMessages(database)::check)
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("stock on orders");
    }

    @Test
    void without_parked_messages_the_application_starts() {
        assertThatCode(new ParkedMessages(database)::check).doesNotThrowAnyException();
        park();
        jdbc.sql("delete from messaging_parked_message").update();
        assertThatCode(new ParkedMessages(database)::check).doesNotThrowAnyException();
    }

    private void park() {
        jdbc.sql("insert into messaging_held_key (consumer_group, topic, key_name) values ('stock', 'orders', 'k')")
                .update();
        jdbc.sql("insert into messaging_parked_message (consumer_group, topic, key_name, message_id, from_topic,"
                        + " message_key, value, headers, made_at)"
                        + " values ('stock', 'orders', 'k', 'm1', 'orders', 'k', '{}', '{}', 0)")
                .update();
    }
}
