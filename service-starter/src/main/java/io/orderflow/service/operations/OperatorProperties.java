package io.orderflow.service.operations;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the operators' part of the management port, by HTTP basic.
 *
 * @param user the name
 * @param password as it is, or encoded as Spring Security has it ({@code {bcrypt}$2a$...}); without one nobody may
 */
@ConfigurationProperties("orderflow.operator")
record OperatorProperties(
        @DefaultValue("operator") String user, @Nullable String password) {

    /** What bcrypt takes into account. */
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
