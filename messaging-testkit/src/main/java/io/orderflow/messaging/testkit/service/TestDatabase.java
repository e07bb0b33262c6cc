package io.orderflow.messaging.testkit.service;

import io.orderflow.servers.PostgresServer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** A fresh PostgreSQL database per application context; takes precedence over the connection properties. */
@TestConfiguration(proxyBeanMethods = false)
public class TestDatabase {

    @Bean
    Details testDatabaseDetails() {
        return new Details(PostgresServer.find().createFreshDatabase("service"));
    }

    record Details(String getJdbcUrl) implements JdbcConnectionDetails, FlywayConnectionDetails {

        @Override
        public String getUsername() {
            return PostgresServer.USER;
        }

        @Override
        public String getPassword() {
            return PostgresServer.PASSWORD;
        }

        @Override
        public String getDriverClassName() {
            return DatabaseDriver.POSTGRESQL.getDriverClassName();
        }
    }
}
