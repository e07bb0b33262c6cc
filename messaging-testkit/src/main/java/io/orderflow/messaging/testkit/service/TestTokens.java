package io.orderflow.messaging.testkit.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs tokens for a {@link SecuredTest}, whose service accepts the key. */
public final class TestTokens implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PUBLIC_KEY = "spring.security.oauth2.resourceserver.jwt.public-key-location";
    private static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final KeyPair KEYS = keys();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(PUBLIC_KEY + "=" + publicKey().toUri()).applyTo(context);
    }

    /** A valid token of this subject with this role; the role is that of the claim, in capitals. */
    public static String of(String role, String subject) {
        return of(role, subject, claims -> {});
    }

    /** A token that differs from a valid one. */
    public static String of(String role, String subject, Consumer<JwtClaimsSet.Builder> change) {
        return sign(KEYS, role, subject, change);
    }

    /** A token that another issuer has signed. */
    public static String ofAnotherKey(String role, String subject) {
        return sign(keys(), role, subject, claims -> {});
    }

    private static String sign(KeyPair keys, String role, String subject, Consumer<JwtClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .issuer("orderflow")
                .audience(List.of("orderflow"))
                .subject(subject)
                .claim("roles", List.of(role))
                .issuedAt(now)
                .expiresAt(now.plus(VALIDITY));
        change.accept(claims);
        return NimbusJwtEncoder.withKeyPair((RSAPublicKey) keys.getPublic(), (RSAPrivateKey) keys.getPrivate())
                .build()
                .encode(JwtEncoderParameters.from(claims.build()))
                .getTokenValue();
    }

    private static Path publicKey() {
        try {
            Path file = Files.createTempFile("public", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    "-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(KEYS.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has RSA.", e);
        }
    }
}
