package io.orderflow.localstack;

import io.orderflow.servers.Folders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Signs the tokens of a stack with the profile {@code secured}. The private key is in a file that only this user can read; the services
 * get the public key. Not for production, where an identity provider issues tokens.
 */
final class TokenKey {

    static final Set<String> ROLES = Set.of("customer", "service", "reader", "operator");
    static final Duration VALIDITY = Duration.ofMinutes(15);

    private static final String PARTY = "orderflow"; // issuer and audience
    private static final int KEY_BITS = 2048;

    private final RSAPrivateCrtKey key;
    private final Path folder;

    private TokenKey(RSAPrivateCrtKey key, Path folder) {
        this.key = key;
        this.folder = folder;
    }

    /** The key in this folder, if there is one. */
    static Optional<TokenKey> in(Path folder) {
        try {
            byte[] pem = Files.readAllBytes(privateKey(folder));
            RSAPrivateKey key = RsaKeyConverters.pkcs8().convert(new ByteArrayInputStream(pem));
            return Optional.ofNullable(key).map(each -> new TokenKey((RSAPrivateCrtKey) each, folder));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Tokens of a service, which may order for all customers; null for a stack without tokens. */
    static @Nullable Credentials demo() {
        return in(Token.FOLDER).map(key -> key.credentials("service:demo")).orElse(null);
    }

    /** The key in this folder, or a new one, which is written to it. */
    static TokenKey inOrNew(Path folder) {
        return in(folder).orElseGet(() -> generate(folder));
    }

    /** Deletes the key, so that no client takes the stack for a secured one. */
    static void deleteFrom(Path folder) {
        try {
            Files.deleteIfExists(privateKey(folder));
        } catch (IOException e) {
            throw new StackException("The key " + privateKey(folder) + " cannot be deleted.", e);
        }
    }

    private static TokenKey generate(Path folder) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
            TokenKey made = new TokenKey(key, folder);
            Folders.created(publicKey(folder).getParent());
            Files.writeString(
                    publicKey(folder), pem("PUBLIC KEY", made.publicKey().getEncoded()));
            PrivateFile.write(privateKey(folder), pem("PRIVATE KEY", key.getEncoded()));
            return made;
        } catch (GeneralSecurityException | IOException e) {
            throw new StackException("The key of the tokens cannot be written to " + folder + ".", e);
        }
    }

    /**
     * A token that is valid for {@link #VALIDITY}.
     *
     * @param who a role and a name, {@code customer:ada}
     */
    String token(String who) {
        String[] parts = who.split(":", 2);
        if (parts.length < 2 || !ROLES.contains(parts[0]) || parts[1].isBlank()) {
            throw new StackException(
                    "A token is for customer:NAME, service:NAME, reader:NAME or operator:NAME, not for '" + who + "'.");
        }
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(PARTY)
                .audience(List.of(PARTY))
                .subject(parts[1])
                .claim("roles", List.of(parts[0].toUpperCase(Locale.ROOT)))
                .issuedAt(now)
                .expiresAt(now.plus(VALIDITY))
                .build();
        return NimbusJwtEncoder.withKeyPair(publicKey(), key)
                .build()
                .encode(JwtEncoderParameters.from(claims))
                .getTokenValue();
    }

    /** A new token for each request, so that a client may run for longer than one is valid. */
    Credentials credentials(String who) {
        return headers -> headers.setBearerAuth(token(who));
    }

    /** The environment variables with which a service requires tokens. */
    Map<String, String> settings() {
        return Map.of(
                "SPRING_PROFILES_ACTIVE",
                "secured",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_PUBLICKEYLOCATION",
                publicKey(folder).toUri().toString());
    }

    private RSAPublicKey publicKey() {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA.", e);
        }
    }

    private static String pem(String type, byte[] encoded) {
        byte[] lineBreak = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, lineBreak).encodeToString(encoded)
                + "\n-----END " + type + "-----\n";
    }

    /** In a folder of its own, so that a container can have it without the private key. */
    private static Path publicKey(Path folder) {
        return folder.resolve("tokens").resolve("public").resolve("key.pem");
    }

    private static Path privateKey(Path folder) {
        return folder.resolve("tokens").resolve("private.pem");
    }
}
