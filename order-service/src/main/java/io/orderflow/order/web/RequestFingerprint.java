package io.orderflow.order.web;

import io.orderflow.order.usecases.NewOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a request in canonical form, by which a repeated request is recognised. Two bodies have the same fingerprint
 * if they order the same, whatever their white space, the order of their fields and their omitted defaults.
 *
 * <p>This is version 1. Fingerprints are stored, so the form never changes, and no Jackson setting has a part in it. It is
 * the JSON that earlier releases hashed, so their rows still match. A later version starts with its number and a colon.
 */
final class RequestFingerprint {

    private RequestFingerprint() {}

    /**
     * Nothing is escaped: a {@link PlaceOrderRequest} accepts no quotation mark and no backslash but in the document, whose own digest
     * counts. A request without a document has the form of earlier releases.
     */
    static String of(NewOrder order) {
        String items = order.items().stream()
                .map(item -> "{\"sku\":\"" + item.sku() + "\",\"quantity\":" + item.quantity() + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return sha256("{\"customer\":{\"id\":\"" + order.customer().id() + "\",\"email\":\""
                + order.customer().email() + "\"},\"priority\":\"" + order.priority() + "\",\"items\":" + items
                + document(order.purchaseOrder()) + "}");
    }

    private static String document(@Nullable String text) {
        return text == null ? "" : ",\"purchaseOrder\":\"" + sha256(text) + "\"";
    }

    private static String sha256(String canonical) {
        try {
            byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
