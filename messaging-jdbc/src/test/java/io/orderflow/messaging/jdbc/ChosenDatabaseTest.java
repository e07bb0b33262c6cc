package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.servers.PostgresServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
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
import org.springframework.transaction.support.TransactionTemplate;

/** An application with two DataSources, neither of which is primary, that says which one messaging uses. */
class ChosenDatabaseTest {

    @Test
    void events_leave_with_the_transactions_of_the_chosen_data_source() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run("--messaging.broker=memory", "--messaging.database.data-source=orders")) {
            TransactionTemplate transaction =
                    new TransactionTemplate(context.getBean("ofOrders", PlatformTransactionManager.class));
            EventPublisher publisher = context.getBean(EventPublisher.class);

            transaction.executeWithoutResult(status -> {
                publisher.publish(new Placed("rolled back"));
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(status -> publisher.publish(new Placed("committed")));

            Application application = context.getBean(Application.class);
            await().untilAsserted(() -> assertThat(application.placed).contains(new Placed("committed")));
            assertThat(application.placed).containsExactly(new Placed("committed"));
            assertThat(JdbcClient.create(context.getBean("orders", DataSource.class))
                            .sql("select count(*) from messaging_inbox")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    record Placed(String orderId) {}

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        final List<Placed> placed = new CopyOnWriteArrayList<>();

        @Bean
        HikariDataSource orders() {
            HikariDataSource dataSource = fresh();
            LibraryScripts.populator().execute(new DriverManagerDataSource(dataSource.getJdbcUrl()));
            return dataSource;
        }

        @Bean
        HikariDataSource reports() {
            return fresh();
        }

        @Bean
        PlatformTransactionManager ofReports(@Qualifier("reports") DataSource reports) {
            return new JdbcTransactionManager(reports);
        }

        @Bean
        PlatformTransactionManager ofOrders(@Qualifier("orders") DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        EventType<Placed> placedType() {
            return EventType.of(Placed.class, "order.placed.v1", "orders", Placed::orderId);
        }

        @Bean
        EventSubscription stock() {
            return EventSubscription.of("orders", "stock")
                    .on(Placed.class, "order.placed.v1", (event, context) -> placed.add(event));
        }

        private static HikariDataSource fresh() {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(PostgresServer.find().createFreshDatabase("chosen"));
            dataSource.setMaximumPoolSize(4);
            return dataSource;
        }
    }
}
