package io.orderflow.servers;

import java.util.List;
import java.util.stream.Stream;

/**
 * A service's database with two roles, as in production: the owner migrates it, the service's role reads and writes the
 * owner's tables. Neither is a superuser, and no other role may connect.
 *
 * @param url the JDBC address, without user and password
 * @param owner the role for Flyway
 * @param service the role for the service
 */
public record ServiceDatabase(String url, Login owner, Login service) {

    /** A role that may log in. */
    public record Login(String user, String password) {}

    static ServiceDatabase named(String name, String url) {
        return new ServiceDatabase(
                url,
                new Login(name + "_owner", PostgresServer.PASSWORD),
                new Login(name + "_service", PostgresServer.PASSWORD));
    }

    /** The statements of the superuser in the default database, as in docker/service-database.sql. */
    List<String> creation(String name) {
        return List.of(
                role(owner),
                role(service),
                "create database \"%s\" owner \"%s\"".formatted(name, owner.user()),
                "revoke all on database \"%s\" from public".formatted(name),
                "grant connect on database \"%s\" to \"%s\"".formatted(name, service.user()));
    }

    /** The statements of the superuser in the new database. */
    List<String> privileges() {
        return Stream.of("usage on schemas", "select, insert, update, delete on tables", "usage, select on sequences")
                .map(right -> "alter default privileges for role \"%s\" grant %s to \"%s\""
                        .formatted(owner.user(), right, service.user()))
                .toList();
    }

    private static String role(Login login) {
        return "create role \"%s\" login password '%s'".formatted(login.user(), login.password());
    }
}
