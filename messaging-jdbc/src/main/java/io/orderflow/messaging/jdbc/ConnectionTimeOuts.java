package io.orderflow.messaging.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Sets the time-outs that messaging relies on for the pool that it uses, where the application sets none: without them a connection that is
 * cut off silently blocks a relay or a handler for hours, and a forgotten transaction keeps its locks for ever. Other pools are left alone.
 * {@code DatabaseCheck} requires the time-outs of every DataSource.
 */
final class ConnectionTimeOuts implements BeanPostProcessor {

    private static final Logger log = LoggerFactory.getLogger(ConnectionTimeOuts.class);

    /** JIT compilation would take longer than any of the library's queries, and 100 MB a connection. */
    private static final Map<String, String> DEFAULTS =
            Map.of("socketTimeout", "30", "options", "-c idle_in_transaction_session_timeout=60s -c jit=off");

    private final DatabaseChoice choice;

    ConnectionTimeOuts(DatabaseChoice choice) {
        this.choice = choice;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning() && isPostgreSql(pool) && choice.isOf(name)) {
            Map<String, String> added = new TreeMap<>(DEFAULTS);
            added.keySet()
                    .removeIf(each -> pool.getDataSourceProperties().containsKey(each)
                            || String.valueOf(pool.getJdbcUrl()).contains(each + "="));
            added.forEach(pool::addDataSourceProperty);
            if (!added.isEmpty()) {
                log.info(
                        "Connections of {} have {}: defaults of messaging, which"
                                + " spring.datasource.hikari.data-source-properties overrides.",
                        name,
                        added);
            }
        }
        return bean;
    }

    private static boolean isPostgreSql(HikariDataSource pool) {
        return String.valueOf(pool.getJdbcUrl()).startsWith("jdbc:postgresql:")
                || String.valueOf(pool.getDataSourceClassName()).startsWith("org.postgresql.");
    }
}
