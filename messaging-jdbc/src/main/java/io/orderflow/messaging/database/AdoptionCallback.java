package io.orderflow.messaging.database;

import java.util.Arrays;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Moves the library's migrations out of the history of the application's Flyway before it validates their scripts. Spring Boot adds this
 * callback to its Flyway; an application that builds its own Flyway has to add it.
 */
public final class AdoptionCallback implements Callback {

    /** @throws UnusableDatabaseException if the library's scripts are still among the application's */
    @Override
    public void handle(Event event, Context context) {
        Location library = new Location(LibraryScripts.LOCATION);
        if (Arrays.stream(context.getConfiguration().getLocations())
                .anyMatch(each -> each.equals(library) || each.isParentOf(library))) {
            throw new UnusableDatabaseException(
                    "The migrations of messaging (" + LibraryScripts.LOCATION + ") are among those of the application's"
                            + " Flyway, and messaging applies them itself.",
                    "Remove " + LibraryScripts.LOCATION
                            + " from spring.flyway.locations, and spring.flyway.out-of-order if"
                            + " nothing else needs it; or set messaging.database.migrate=false.");
        }
        // the schema of the application's history is the connection's current one
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(context.getConnection(), true));
        new HistoryAdoption(jdbc, null).from(context.getConfiguration().getTable());
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "history of messaging";
    }
}
