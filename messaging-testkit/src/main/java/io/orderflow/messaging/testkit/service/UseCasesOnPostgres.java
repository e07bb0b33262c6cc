package io.orderflow.messaging.testkit.service;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.servers.PostgresServer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the configuration of a test extends that wants a service's use cases alone, on a real database of their own with
 * the service's migrations, and what they publish recorded.
 */
public abstract class UseCasesOnPostgres {

    @Bean
    HikariDataSource dataSource() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(PostgresServer.find().createFreshDatabase("usecases"));
        Flyway.configure().dataSource(dataSource).load().migrate();
        return dataSource;
    }

    @Bean
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    TransactionTemplate transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    RecordedEvents recordedEvents() {
        return new RecordedEvents();
    }
}
