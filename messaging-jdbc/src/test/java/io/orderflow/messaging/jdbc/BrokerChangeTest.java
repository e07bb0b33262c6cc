package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.database.UnusableDatabaseException;
import io.orderflow.servers.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One database, one broker after the other. There is nothing to read and to send, so no broker has to run. */
class BrokerChangeTest {

    private final String url = PostgresServer.find().createFreshDatabase("brokers");

    @BeforeEach
    void createTables() {
        LibraryScripts.populator().execute(new DriverManagerDataSource(url));
    }

    @Test
    void another_broker_stops_the_start_until_the_old_one_is_declared_as_drained() {
        start("redis");
        start("redis");
        assertThatThrownBy(() -> start("rabbitmq"))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("last used with the broker redis, and the broker is rabbitmq now")
                .satisfies(each -> assertThat(((UnusableDatabaseException) each).action())
                        .contains("messaging.drain-from=redis", "messaging.drained-broker=redis"));
        assertThat(recorded()).containsExactly("* redis");

        start("rabbitmq", "--messaging.drained-broker=redis");
        assertThat(recorded()).containsExactly("* rabbitmq");
    }

    @Test
    void what_was_declared_of_one_change_does_not_allow_the_next_one() {
        start("redis");
        start("rabbitmq", "--messaging.drained-broker=redis");
        start("rabbitmq", "--messaging.drained-broker=redis");
        assertThatThrownBy(() -> start("kafka", "--messaging.drained-broker=redis"))
                .hasMessageContaining("last used with the broker rabbitmq");
        assertThatThrownBy(() -> start("redis", "--messaging.drained-broker="))
                .hasMessageContaining("last used with the broker rabbitmq");
    }

    @Test
    void while_a_broker_is_drained_neither_of_the_two_may_be_left_out() {
        start("redis");
        start("rabbitmq", "--messaging.drain-from=redis");
        assertThat(recorded()).containsExactly("* rabbitmq", "* redis");
        start("redis", "--messaging.drain-from=rabbitmq");
        assertThatThrownBy(() -> start("redis"))
                .hasMessageContaining("last used with the broker rabbitmq, and the broker is redis now");
        assertThatThrownBy(() -> start("rabbitmq")).hasMessageContaining("last used with the broker redis");

        start("rabbitmq", "--messaging.drained-broker=redis");
        assertThat(recorded()).containsExactly("* rabbitmq");
    }

    @Test
    void a_topic_that_gets_a_broker_of_its_own_is_drained_like_all_topics() {
        start("redis");
        assertThatThrownBy(() -> start("redis", "--messaging.topics.shipments.broker=rabbitmq"))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("Topic 'shipments' of this database was last used with the broker redis, and the"
                        + " broker is rabbitmq now")
                .satisfies(each -> assertThat(((UnusableDatabaseException) each).action())
                        .contains("messaging.topics.shipments.drain-from=redis"));

        start("redis", "--messaging.topics.shipments.broker=rabbitmq", "--messaging.topics.shipments.drain-from=redis");
        start("redis", "--messaging.topics.shipments.broker=rabbitmq", "--messaging.drained-broker=redis");
        assertThat(recorded()).containsExactly("* redis", "shipments rabbitmq");
        assertThatThrownBy(() -> start("redis"))
                .hasMessageContaining("'shipments' of this database was last used with the broker rabbitmq");
    }

    @Test
    void the_broker_in_memory_leaves_nothing_behind() {
        start("memory");
        start("redis");
        start("memory");
        assertThat(recorded()).containsExactly("* redis");
    }

    private List<String> recorded() {
        return JdbcClient.create(new DriverManagerDataSource(url))
                .sql("select topic || ' ' || name as brokers from messaging_broker order by brokers")
                .query(String.class)
                .list();
    }

    private void start(String broker, String... more) {
        new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "messaging.broker=" + broker,
                        "spring.datasource.url=" + url,
                        "spring.datasource.hikari.maximum-pool-size=2")
                .run(more)
                .close();
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {}
}
