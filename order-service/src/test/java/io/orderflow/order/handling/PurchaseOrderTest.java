package io.orderflow.order.handling;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.order.Api;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A customer's own document about an order. */
class PurchaseOrderTest extends OrderEventsFixture {

    @Test
    void aShortDocumentTravelsWithTheContact() {
        Message<String, byte[]> contact = contactOf(placed(document("PO 7")));

        assertThat(new String(contact.value(), StandardCharsets.UTF_8)).contains("\"purchaseOrder\":\"PO 7\"");
        assertThat(contact.header(Headers.DATA_REF)).isNull();
    }

    @Test
    void aLargeDocumentIsServedToWhoeverHasTheTokenAndItsReferenceTravels() {
        String large = "x".repeat(100_000);
        Message<String, byte[]> contact = contactOf(placed(document(large)));
        String reference = contact.header(Headers.DATA_REF);

        assertThat(contact.value()).isNull();
        assertThat(api.get(reference, Api.PAYLOADS_TOKEN).status()).isEqualTo(200);
        assertThat(api.get(reference, Api.PAYLOADS_TOKEN).body()).contains(large, "ada@example.org");
        assertThat(api.get(reference, "another token").status()).isEqualTo(401);
        assertThat(api.get(reference).status()).isEqualTo(401);
        assertThat(api.get("/payloads/" + UUID.randomUUID(), Api.PAYLOADS_TOKEN).status())
                .isEqualTo(404);
        assertThat(api.get("/payloads/1", Api.PAYLOADS_TOKEN).status()).isEqualTo(404);
    }

    @Test
    void aDocumentThatCannotBeStoredOrIsTooLongIsRejected() {
        assertThat(api.post("/orders", document("a\\u0000b")).status()).isEqualTo(400);
        assertThat(api.post("/orders", document("half \\ud83d")).status()).isEqualTo(400);
        assertThat(api.post("/orders", document("x".repeat(200_001))).status()).isEqualTo(400);
        assertThat(api.post("/orders", document("\\ud83d\\ude00\\n")).status()).isEqualTo(201);
    }

    private String placed(String body) {
        return api.post("/orders", body).json().get("id").stringValue();
    }

    private static String document(String text) {
        return Api.order("ada", Api.item("BOOK-EIP", 1))
                .replaceFirst("\\{", "{\"purchaseOrder\": \"PLACEHOLDER\",")
                .replace("PLACEHOLDER", text);
    }

    private Message<String, byte[]> contactOf(String order) {
        return read(Topics.CONTACTS, "email", order, 1).get(0);
    }
}
