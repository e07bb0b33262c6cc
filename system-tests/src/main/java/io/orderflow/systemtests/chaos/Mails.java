package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Observations.Mail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mailbox: what arrived, as often as it arrived. What a mail is about is read from its subject. */
final class Mails {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern ORDER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Map<String, String> KINDS = Map.of(
            "is confirmed", "confirmation",
            "cannot fulfil", "rejection",
            "is cancelled", "cancellation",
            "is on its way", "dispatch-note");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI mailbox;

    Mails(URI mailbox) {
        this.mailbox = mailbox;
    }

    List<Mail> all() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(mailbox).timeout(PATIENCE).build();
        byte[] body =
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        List<Mail> mails = new ArrayList<>();
        for (JsonNode mail : JSON.readTree(body).get("messages")) {
            mails.add(mail(mail.get("Subject").asString(), mail.get("MessageID").asString()));
        }
        return mails;
    }

    private static Mail mail(String subject, String messageId) {
        Matcher order = ORDER.matcher(subject);
        String kind = KINDS.entrySet().stream()
                .filter(each -> subject.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(subject);
        return new Mail(order.find() ? order.group() : "", kind, messageId);
    }
}
