package io.orderflow.localstack;

import org.springframework.http.HttpHeaders;

/** What authenticates the requests of a client. */
@FunctionalInterface
interface Credentials {

    void addTo(HttpHeaders headers);
}
