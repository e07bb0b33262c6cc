package io.orderflow.email;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.testkit.servers.PostgresServer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The use cases on a real database of their own, with a postman who can be told what to do. */
@ComponentScan({"io.orderflow.email.usecases", "io.orderflow.email.persistence"})
public class OnPostgres {

    @Bean
    HikariDataSource dataSource() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(PostgresServer.find().createFreshDatabase("email"));
        Flyway.configure().dataSource(dataSource).load().migrate();
        return dataSource;
    }

    @Bean
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    TestPostman postman() {
        return new TestPostman();
    }
}
