package io.orderflow.messaging.database;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moves the records of the library's migrations from the application's history to the library's. Earlier versions were migrated by the
 * application's Flyway: it would miss the scripts now, and the library would apply them again.
 */
record HistoryAdoption(JdbcClient jdbc, @Nullable String schema) {

    private static final Logger log = LoggerFactory.getLogger(HistoryAdoption.class);

    /**
     * Moves them all or none, in the caller's transaction. Instances that start at the same time wait for each other.
     *
     * @param history the table of the application's history
     */
    void from(String history) {
        String table = named(history);
        if (!exists(history) || count(table) == 0) {
            return;
        }
        jdbc.sql("lock table " + table + " in share row exclusive mode").update();
        String own = named(LibraryScripts.HISTORY);
        jdbc.sql("create table if not exists " + own + " (like " + table + " including all)")
                .update();
        int moved = jdbc.sql("with moved as (delete from " + table + " where script = any (:scripts) returning *)"
                        + " insert into " + own + " select * from moved")
                .param("scripts", LibraryScripts.onClasspath().names())
                .update();
        if (moved > 0) {
            log.info(
                    "{} migration(s) of messaging, which the application's Flyway had applied, are now recorded in {} instead"
                            + " of {}.",
                    moved,
                    LibraryScripts.HISTORY,
                    history);
        }
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table + " where script = any (:scripts)")
                .param("scripts", LibraryScripts.onClasspath().names())
                .query(Long.class)
                .single();
    }

    boolean exists(String table) {
        return jdbc.sql("select to_regclass(:name) is not null")
                .param("name", named(table))
                .query(Boolean.class)
                .single();
    }

    private String named(String table) {
        return schema == null ? quoted(table) : quoted(schema) + "." + quoted(table);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
