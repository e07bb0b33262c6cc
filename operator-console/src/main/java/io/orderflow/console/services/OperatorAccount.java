package io.orderflow.console.services;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The accounts. Operators log in with the one that the services accept, and the console calls the services with it.
 *
 * @param user user name of the operator
 * @param password the operator's password, in plain text, as the services have it
 * @param readerPassword password of the user {@code reader}, who sees no payloads and changes nothing; without one there is no such user
 */
@ConfigurationProperties("orderflow.operator")
public record OperatorAccount(
        @DefaultValue("operator") String user,
        @Nullable String password,
        @Nullable String readerPassword) {

    public OperatorAccount {
        if (password == null || password.isBlank()) {
            throw new IllegalArgumentException(
                    "orderflow.operator.password is not set: set it as it is set for the services.");
        }
    }

    /** The password, which is always set. */
    public String secret() {
        return String.valueOf(password);
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "OperatorAccount[user=" + user + "]";
    }
}
