package io.orderflow.order;

import io.orderflow.messaging.testkit.servers.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a real PostgreSQL, with a broker of its own; all tests that extend this share it. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"messaging.broker=memory", "management.server.port=0"})
public abstract class RunningOrderService {

    private static final String DATABASE = PostgresServer.find().createFreshDatabase("orders");

    @LocalServerPort
    private int port;

    @Autowired
    protected JdbcClient jdbc;

    protected Api api;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> DATABASE);
        properties.add("spring.datasource.username", () -> PostgresServer.USER);
        properties.add("spring.datasource.password", () -> PostgresServer.PASSWORD);
    }

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    protected long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
