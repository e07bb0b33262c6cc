package io.orderflow.order.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.orderflow.order.domain.WebhookSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the reference implementation of Standard Webhooks. */
class WebhookSignatureTest {

    private static final String ID = "2f4d0d67-8d3b-4a8e-9c65-6a5b6f3b3f10";
    private static final String BODY = "{\"type\":\"order.created.v1\",\"data\":{\"name\":\"Zoë 😀\"}}";

    private final Instant now = Instant.now();
    private final WebhookSecrets first = WebhookSecrets.create();

    @Test
    void theReferenceLibraryVerifiesOurSignature() {
        assertThatCode(() -> verify(first.current(), headers(first), BODY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(first.current(), headers(first), BODY + " "))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(WebhookSecrets.create().current(), headers(first), BODY))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void ourSignatureIsThatOfTheReferenceLibrary() throws Exception {
        assertThat(WebhookSignature.of(ID, now.getEpochSecond(), BODY, List.of(first.current())))
                .isEqualTo(new Webhook(first.current()).sign(ID, now.getEpochSecond(), BODY));
    }

    @Test
    void afterARotationBothSecretsVerifyAndAfterTheGraceOnlyTheNewOne() {
        WebhookSecrets rotated = rotated();
        assertThatCode(() -> verify(first.current(), headers(rotated), BODY)).doesNotThrowAnyException();
        assertThatCode(() -> verify(rotated.current(), headers(rotated), BODY)).doesNotThrowAnyException();

        assertThat(rotated.validAt(now.plus(Duration.ofHours(1)))).containsExactly(rotated.current());
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(rotated().toString()).doesNotContain(WebhookSecrets.PREFIX);
    }

    private WebhookSecrets rotated() {
        return new WebhookSecrets(WebhookSecrets.random(), first.current(), now.plus(Duration.ofHours(1)));
    }

    private Map<String, List<String>> headers(WebhookSecrets secrets) {
        long timestamp = now.getEpochSecond();
        return Map.of(
                "webhook-id", List.of(ID),
                "webhook-timestamp", List.of(Long.toString(timestamp)),
                "webhook-signature", List.of(WebhookSignature.of(ID, timestamp, BODY, secrets.validAt(now))));
    }

    private static void verify(String secret, Map<String, List<String>> headers, String body) throws Exception {
        new Webhook(secret).verify(body, headers);
    }
}
