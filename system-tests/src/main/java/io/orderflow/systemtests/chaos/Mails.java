package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Observations.Mail;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** All received mails, with duplicates. The subject names the order and the kind of the mail. */
record Mails(URI address) {

    private static final RestClient HTTP = RestClient.create();
    private static final Pattern ORDER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Map<String, String> KINDS = Map.of(
            "is confirmed", "confirmation",
            "cannot fulfil", "rejection",
            "is cancelled", "cancellation",
            "is on its way", "dispatch-note",
            "takes longer", "delay-notice");

    List<Mail> all() {
        JsonNode page = HTTP.get().uri(address).retrieve().requiredBody(JsonNode.class);
        return page.get("messages").valueStream().map(Mails::mail).toList();
    }

    private static Mail mail(JsonNode mail) {
        String subject = mail.get("Subject").asString();
        Matcher order = ORDER.matcher(subject);
        String kind = KINDS.entrySet().stream()
                .filter(each -> subject.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(subject);
        return new Mail(
                order.find() ? order.group() : "", kind, mail.get("MessageID").asString());
    }
}
