package io.orderflow.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Who may use the operators' part of the services' management ports. */
public record Operator(String user, String password) {

    static final String USER = "ORDERFLOW_OPERATOR_USER";
    static final String PASSWORD = "ORDERFLOW_OPERATOR_PASSWORD";

    private static final String USUAL_USER = "operator";
    private static final int PASSWORD_BYTES = 18;

    /** The one that the environment names, if it names one. */
    static Optional<Operator> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(PASSWORD))
                .filter(password -> !password.isBlank())
                .map(password -> new Operator(environment.getOrDefault(USER, USUAL_USER), password));
    }

    /** The one that the environment names, else the one whose file {@code ./orderflow up} left. */
    static Operator known(Map<String, String> environment) {
        return of(environment)
                .or(() -> in(Path.of(".orderflow")))
                .orElseThrow(() -> new StackException("Whose password? Set " + PASSWORD
                        + ", as it was set for the services. ./orderflow up makes one and writes it to a file."));
    }

    /** One with a password that nobody can guess. */
    static Operator generated() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Operator(USUAL_USER, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The one whose file a stack left in this folder. */
    static Optional<Operator> in(Path folder) {
        try {
            String[] parts = Files.readString(file(folder)).strip().split(":", 2);
            return parts.length == 2 ? Optional.of(new Operator(parts[0], parts[1])) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Writes it where {@link #in} finds it, readable for this user alone; answers the file. */
    Path writeTo(Path folder) {
        Path file = file(folder);
        try {
            Files.deleteIfExists(file);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, user + ":" + password + "\n");
            return file;
        } catch (IOException e) {
            throw new StackException("The operator's password cannot be written to " + file + ".", e);
        }
    }

    /** What a service is started with to know this operator. */
    Map<String, String> settings() {
        return Map.of(USER, user, PASSWORD, password);
    }

    /** The value of HTTP's Authorization header. */
    String authorization() {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
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
