package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.servers.ServiceDatabase.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServiceDatabaseTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String NAME = "shop_" + UUID.randomUUID().toString().substring(0, 8);
    private static ServiceDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = PostgresServer.find().serviceDatabase(NAME);
        execute(database.owner(), "create table article (id bigserial primary key, name text)");
        execute(database.owner(), "create schema archive");
        execute(database.owner(), "create table archive.article (id bigint generated always as identity, name text)");
    }

    @Test
    void the_services_role_reads_and_writes_rows_of_the_owners_tables() {
        for (String table : new String[] {"article", "archive.article"}) {
            assertThatCode(() -> {
                        execute(database.service(), "insert into " + table + " (name) values ('mug')");
                        execute(database.service(), "update " + table + " set name = 'cup'");
                        execute(database.service(), "select id from " + table + " for update");
                        execute(database.service(), "delete from " + table);
                    })
                    .as(table)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void the_services_role_changes_no_table_and_creates_nothing() {
        for (String sql : new String[] {
            "create table another (id int)",
            "create schema another",
            "alter table article add column price int",
            "truncate article",
            "drop table article"
        }) {
            assertThatThrownBy(() -> execute(database.service(), sql)).as(sql).satisfies(this::isDenied);
        }
    }

    @Test
    void neither_role_is_a_superuser_and_others_cannot_connect() throws SQLException {
        ServiceDatabase others = PostgresServer.find().serviceDatabase(NAME + "_others");

        for (Login login : new Login[] {others.owner(), others.service()}) {
            assertThatThrownBy(() -> execute(login, "select 1")).satisfies(this::isDenied);
        }
        for (Login login : new Login[] {database.owner(), database.service()}) {
            try (Connection connection = connect(login);
                    Statement statement = connection.createStatement();
                    ResultSet role = statement.executeQuery("select rolsuper or rolcreaterole or rolcreatedb"
                            + " from pg_roles where rolname = current_user")) {
                assertThat(role.next()).isTrue();
                assertThat(role.getBoolean(1)).as(login.user()).isFalse();
            }
        }
    }

    @Test
    void an_existing_database_is_reused_and_one_with_another_owner_is_rejected() {
        assertThat(PostgresServer.find().serviceDatabase(NAME)).isEqualTo(database);

        PostgresServer.find().createDatabase(NAME + "_old");
        assertThatThrownBy(() -> PostgresServer.find().serviceDatabase(NAME + "_old"))
                .isInstanceOf(ServerUnavailableException.class)
                .hasMessageContaining(NAME + "_old belongs to postgres");
    }

    private void isDenied(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        SQLException.class, sql -> assertThat(sql.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (Connection connection = connect(login);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(Login login) throws SQLException {
        return DriverManager.getConnection(database.url(), login.user(), login.password());
    }
}
