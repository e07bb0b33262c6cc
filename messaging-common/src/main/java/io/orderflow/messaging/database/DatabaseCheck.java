package io.orderflow.messaging.database;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** What must hold for a database before the library may use it; what does not hold, is a sentence and stops the start. */
final class DatabaseCheck {

    private static final String POSTGRESQL = "PostgreSQL";

    private final DataSource dataSource;

    DatabaseCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void isPostgreSql() {
        String product = product();
        if (!product.equals(POSTGRESQL)) {
            throw new UnusableDatabaseException(
                    "Messaging would use a DataSource of " + product
                            + ", but its outbox and its inbox need PostgreSQL.",
                    "Give the application a DataSource of a PostgreSQL database, and choose it with"
                            + " messaging.database.data-source if there are several. To do without outbox and inbox, set"
                            + " messaging.database.enabled=false.");
        }
    }

    private String product() {
        try {
            return JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
        } catch (MetaDataAccessException e) {
            throw new UnusableDatabaseException(
                    "The database that messaging needs cannot be asked which one it is: "
                            + e.getMostSpecificCause().getMessage(),
                    "Check that it is available, and the settings of its DataSource.");
        }
    }
}
