package io.orderflow.service.operations;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operator's account on the management port, for HTTP basic.
 *
 * @param user user name of the operator
 * @param password password of the operator, in plain text or encoded with the prefix of a Spring Security encoder; without one,
 *     every request of an operator is answered with 401
 */
@ConfigurationProperties("orderflow.operator")
record OperatorProperties(
        @DefaultValue("operator") String user, @Nullable String password) {

    /** bcrypt ignores further bytes. */
    private static final int MAX_PASSWORD_BYTES = 72;

    OperatorProperties {
        if (password != null
                && !isEncoded(password)
                && password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException(
                    "orderflow.operator.password is longer than " + MAX_PASSWORD_BYTES + " bytes.");
        }
    }

    boolean isClosed() {
        return password == null || password.isBlank();
    }

    static boolean isEncoded(String password) {
        return password.matches("\\{[A-Za-z0-9@_.-]+}.+");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "OperatorProperties[user=" + user + ", " + (isClosed() ? "closed" : "open") + "]";
    }
}
