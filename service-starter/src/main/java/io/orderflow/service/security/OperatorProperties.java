package io.orderflow.service.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The accounts for the management port, for HTTP basic. A password is plain text or encoded with the prefix of a Spring Security encoder.
 *
 * @param user user name of the operator
 * @param password password of the operator; without one, there is no such account
 * @param readerPassword password of the user {@code reader}, who sees no content of messages and changes nothing; without one, there is no
 *     such account
 */
@ConfigurationProperties("orderflow.operator")
record OperatorProperties(
        @DefaultValue("operator") String user,
        @Nullable String password,
        @Nullable String readerPassword) {

    /** bcrypt ignores further bytes. */
    private static final int MAX_PASSWORD_BYTES = 72;

    private static final String READER = "reader";

    OperatorProperties {
        requireShort("orderflow.operator.password", password);
        requireShort("orderflow.operator.reader-password", readerPassword);
        if (user.equals(READER) && isSet(readerPassword)) {
            throw new IllegalArgumentException(
                    "orderflow.operator.user is reader, the user of orderflow.operator.reader-password. Change one of them.");
        }
    }

    boolean isClosed() {
        return !isSet(password);
    }

    List<UserDetails> accounts(PasswordEncoder encoder) {
        List<UserDetails> accounts = new ArrayList<>();
        add(accounts, user, password, Roles.OPERATOR, encoder);
        add(accounts, READER, readerPassword, Roles.READER, encoder);
        return accounts;
    }

    private static void add(
            List<UserDetails> accounts, String user, @Nullable String password, String role, PasswordEncoder encoder) {
        if (password != null && isSet(password)) {
            accounts.add(User.withUsername(user)
                    .password(isEncoded(password) ? password : encoder.encode(password))
                    .roles(role)
                    .build());
        }
    }

    private static void requireShort(String property, @Nullable String password) {
        if (password != null
                && !isEncoded(password)
                && password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException(property + " is longer than " + MAX_PASSWORD_BYTES + " bytes.");
        }
    }

    private static boolean isSet(@Nullable String password) {
        return password != null && !password.isBlank();
    }

    private static boolean isEncoded(String password) {
        return password.matches("\\{[A-Za-z0-9@_.-]+}.+");
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "OperatorProperties[user=" + user + ", " + (isClosed() ? "closed" : "open") + "]";
    }
}
