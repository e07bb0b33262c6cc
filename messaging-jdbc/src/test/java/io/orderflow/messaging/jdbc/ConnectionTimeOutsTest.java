package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.database.UnusableDatabaseException;
import io.orderflow.servers.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The time-outs that the library's promises rest on: it sets them where it can, and demands them elsewhere. */
class ConnectionTimeOutsTest {

    private static final String OPTIONS = "--spring.datasource.hikari.data-source-properties.options=-c ";

    @Test
    void the_pool_of_an_application_that_states_none_gets_them() throws SQLException {
        try (ConfigurableApplicationContext context = start(OneDataSource.class)) {
            DataSource dataSource = context.getBean(DataSource.class);
            assertThat(socketTimeOut(dataSource)).isEqualTo(30_000);
            assertThat(setting(dataSource, "idle_in_transaction_session_timeout"))
                    .isEqualTo("1min");
        }
    }

    @Test
    void what_the_application_states_is_kept() throws SQLException {
        try (ConfigurableApplicationContext context = start(
                OneDataSource.class,
                "--spring.datasource.hikari.data-source-properties.socketTimeout=45",
                OPTIONS + "idle_in_transaction_session_timeout=90s")) {
            DataSource dataSource = context.getBean(DataSource.class);
            assertThat(socketTimeOut(dataSource)).isEqualTo(45_000);
            assertThat(setting(dataSource, "idle_in_transaction_session_timeout"))
                    .isEqualTo("90s");
        }
    }

    @Test
    void options_of_its_own_that_leave_one_out_stop_the_start() {
        assertThatThrownBy(() -> start(OneDataSource.class, OPTIONS + "jit=off"))
                .rootCause()
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("no idle_in_transaction_session_timeout")
                .hasMessageNotContaining("socketTimeout")
                .satisfies(each -> assertThat(((UnusableDatabaseException) each).action())
                        .contains("spring.datasource.hikari.data-source-properties", "alter role"));
    }

    @Test
    void a_data_source_that_is_no_pool_has_to_state_them() {
        assertThatThrownBy(() -> start(NoPool.class))
                .rootCause()
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("no socketTimeout and no idle_in_transaction_session_timeout");
        start(NoPool.class, "--test.more=&socketTimeout=10&options=-c%20idle_in_transaction_session_timeout=10s")
                .close();
    }

    @Test
    void another_pool_than_the_chosen_one_is_left_as_it_is() throws SQLException {
        try (ConfigurableApplicationContext context =
                start(TwoPools.class, "--messaging.database.data-source=orders")) {
            assertThat(socketTimeOut(context.getBean("orders", DataSource.class)))
                    .isEqualTo(30_000);
            DataSource reports = context.getBean("reports", DataSource.class);
            assertThat(socketTimeOut(reports)).isZero();
            assertThat(setting(reports, "idle_in_transaction_session_timeout")).isEqualTo("0");
        }
    }

    private static int socketTimeOut(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getNetworkTimeout();
        }
    }

    private static String setting(DataSource dataSource, String name) {
        return JdbcClient.create(dataSource)
                .sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        String url = PostgresServer.find().createFreshDatabase("timeouts");
        LibraryScripts.populator().execute(new DriverManagerDataSource(url));
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("messaging.broker=memory", "spring.datasource.url=" + url)
                .run(arguments);
    }

    @Configuration
    @EnableAutoConfiguration
    static class OneDataSource {}

    @Configuration
    @EnableAutoConfiguration
    static class NoPool {

        @Bean
        DataSource dataSource(@Value("${spring.datasource.url}${test.more:}") String url) {
            return new DriverManagerDataSource(url);
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class TwoPools {

        @Bean
        HikariDataSource orders(@Value("${spring.datasource.url}") String url) {
            return pool(url);
        }

        @Bean
        HikariDataSource reports(@Value("${spring.datasource.url}") String url) {
            return pool(url);
        }

        @Bean
        PlatformTransactionManager transactions(@Qualifier("orders") DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        private static HikariDataSource pool(String url) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(url);
            pool.setMaximumPoolSize(2);
            return pool;
        }
    }
}
