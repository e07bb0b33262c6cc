import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Receives webhooks on this machine: java WebhookReceiver.java 8099 whsec_...
 *
 * <p>Verifies the bytes as they arrived, before anything parses them. Prints each event once, also if it is delivered again; a real receiver
 * stores the ids in the transaction of what it does.
 */
class WebhookReceiver {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MAX_BODY = 1 << 20;
    private static final int REMEMBERED_IDS = 10_000;

    private static final Set<String> SEEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED_IDS;
                }
            }));

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        byte[] key = Base64.getDecoder().decode(arguments[1].replaceFirst("^whsec_", ""));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(receive(exchange, key), -1);
            }
        });
        server.start();
        System.out.println("Listening on port " + server.getAddress().getPort());
    }

    private static int receive(HttpExchange exchange, byte[] key) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (body.length > MAX_BODY || id == null || !isRecent(timestamp) || signatures == null) {
            System.out.println("Refused: too large, too old, or not signed");
            return 400;
        }
        byte[] expected = ("v1," + signature(key, id + "." + timestamp + ".", body)).getBytes(UTF_8);
        // several signatures: the sender may be replacing its secret
        if (Arrays.stream(signatures.split(" ")).noneMatch(each -> MessageDigest.isEqual(each.getBytes(UTF_8), expected))) {
            System.out.println("Refused: wrong signature");
            return 401;
        }
        System.out.println((SEEN.add(id) ? "Received " : "Duplicate ") + id + " " + new String(body, UTF_8));
        return 204;
    }

    private static boolean isRecent(String timestamp) {
        if (timestamp == null || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now());
        return age.abs().compareTo(TOLERANCE) <= 0;
    }

    private static String signature(byte[] key, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(prefix.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
