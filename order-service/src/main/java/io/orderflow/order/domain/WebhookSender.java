package io.orderflow.order.domain;

import java.net.URI;

/** Sends signed requests to endpoints. */
public interface WebhookSender {

    /** Makes one attempt. A failure of the endpoint or the network is a result, not an exception. */
    WebhookAttempt send(Webhook webhook, WebhookDelivery delivery);

    /**
     * Whether requests may be sent to this URL, as far as the text shows it: host names are resolved only when a request is sent.
     *
     * @throws IllegalArgumentException if not; the message ends a sentence that begins with the URL
     */
    void requireAllowed(URI url);
}
