package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class TokenKeyTest {

    @TempDir
    Path folder;

    @Test
    void a_token_names_role_and_subject_and_is_short_lived() throws IOException {
        TokenKey.inOrNew(folder);

        Jwt token = decode(TokenKey.in(folder).orElseThrow().token("customer:ada"));

        assertThat(token.getSubject()).isEqualTo("ada");
        assertThat(token.getClaimAsStringList("roles")).containsExactly("CUSTOMER");
        assertThat(token.getClaimAsString("iss")).isEqualTo("orderflow");
        assertThat(token.getAudience()).containsExactly("orderflow");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(TokenKey.VALIDITY);
    }

    @Test
    void the_private_key_is_for_this_user_only_and_not_beside_the_public_one() throws IOException {
        TokenKey.inOrNew(folder);

        Path tokens = folder.resolve("tokens");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens.resolve("private.pem"))))
                .isEqualTo("rw-------");
        assertThat(tokens.resolve("public")).isDirectoryNotContaining("glob:**private*");
    }

    @Test
    void an_existing_key_is_used_again_until_it_is_deleted() throws IOException {
        String token = TokenKey.inOrNew(folder).token("operator:olga");
        TokenKey.inOrNew(folder);
        assertThat(decode(token).getSubject()).isEqualTo("olga");

        TokenKey.deleteFrom(folder);

        assertThat(TokenKey.in(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "customer:", "admin:ada", ":ada", ""})
    void other_roles_and_missing_names_are_rejected(String who) {
        TokenKey key = TokenKey.inOrNew(folder);
        assertThatThrownBy(() -> key.token(who))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("customer:NAME");
    }

    private Jwt decode(String token) throws IOException {
        try (var publicKey = Files.newInputStream(folder.resolve("tokens/public/key.pem"))) {
            return NimbusJwtDecoder.withPublicKey(RsaKeyConverters.x509().convert(publicKey))
                    .build()
                    .decode(token);
        }
    }
}
