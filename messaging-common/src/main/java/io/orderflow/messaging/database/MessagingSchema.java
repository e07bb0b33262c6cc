package io.orderflow.messaging.database;

import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/**
 * The library's part of a database. When this has been initialized, the database is fit for use; otherwise the start has
 * failed with a sentence.
 */
public final class MessagingSchema implements InitializingBean {

    private final DatabaseCheck check;

    public MessagingSchema(DataSource dataSource) {
        check = new DatabaseCheck(dataSource);
    }

    /** @throws UnusableDatabaseException if the library cannot keep its promises with this database */
    @Override
    public void afterPropertiesSet() {
        check.isPostgreSql();
    }
}
