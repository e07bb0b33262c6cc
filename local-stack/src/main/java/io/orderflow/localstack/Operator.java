package io.orderflow.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** The credentials for the operator API on the services' management ports. */
public record Operator(String user, String password) implements Credentials {

    static final String USER = "ORDERFLOW_OPERATOR_USER";
    static final String PASSWORD = "ORDERFLOW_OPERATOR_PASSWORD";

    private static final String DEFAULT_USER = "operator";
    private static final int PASSWORD_BYTES = 18;

    /** The one in the environment, if there is one. */
    static Optional<Operator> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(PASSWORD))
                .filter(password -> !password.isBlank())
                .map(password -> new Operator(environment.getOrDefault(USER, DEFAULT_USER), password));
    }

    /** The one in the environment, else in the file that {@code ./orderflow up} has written. */
    static Operator known(Map<String, String> environment) {
        return of(environment)
                .or(() -> in(Path.of(".orderflow")))
                .orElseThrow(() -> new StackException("There is no operator's password. Set " + PASSWORD
                        + " as it is set for the services; ./orderflow up writes one to a file."));
    }

    /** One with a random password. */
    static Operator generated() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Operator(
                DEFAULT_USER, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The one in this folder's file, if there is one. */
    static Optional<Operator> in(Path folder) {
        try {
            String[] parts = Files.readString(file(folder)).strip().split(":", 2);
            return parts.length == 2 ? Optional.of(new Operator(parts[0], parts[1])) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Writes it where {@link #in} reads it, readable for this user only; returns the file. */
    Path writeTo(Path folder) {
        return PrivateFile.write(file(folder), user + ":" + password + "\n");
    }

    /** Writes the password alone, readable for this user only; returns the file. */
    public Path writePasswordTo(Path folder) {
        return PrivateFile.write(folder.resolve("password"), password);
    }

    @Override
    public void addTo(HttpHeaders headers) {
        headers.setBasicAuth(user, password);
    }

    /** The environment variables with which a service accepts this operator. */
    Map<String, String> settings() {
        return Map.of(USER, user, PASSWORD, password);
    }

    private static Path file(Path folder) {
        return folder.resolve("operator");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
