package io.orderflow.order.webhooks;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.config.Http1Config;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;

/**
 * Builds the client. It connects for each request, and only to allowed addresses: not through a proxy, which would resolve the name itself.
 * It follows no redirect, repeats nothing, keeps no state between requests, and limits what it reads of a response's head.
 */
final class WebhookHttpClient {

    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_LENGTH = 8 * 1024;

    /** No limit: each worker has one connection at most. */
    private static final int MAX_CONNECTIONS = Integer.MAX_VALUE;

    private static final Http1Config HEAD_LIMITS = Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_LENGTH)
            .build();

    private WebhookHttpClient() {}

    static CloseableHttpClient create(WebhookHttpProperties properties, AllowedAddresses allowed, DnsResolver dns) {
        return new HttpComponentsHttpClientBuilder()
                .withDnsResolver(dns)
                .withConnectionManagerCustomizer(connections -> connections
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEAD_LIMITS)
                                .build())
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS))
                .withCustomizer(client -> client.setRoutePlanner(new DefaultRoutePlanner(null))
                        .setConnectionReuseStrategy((request, response, context) -> false)
                        .setUserAgent("Orderflow-Webhooks")
                        .disableAutomaticRetries()
                        .disableContentCompression()
                        .disableAuthCaching())
                .build(HttpClientSettings.defaults()
                        .withTimeouts(properties.connectTimeout(), properties.timeout())
                        .withRedirects(HttpRedirects.DONT_FOLLOW)
                        .withCookieHandling(HttpCookieHandling.DISABLE)
                        .withInetAddressFilter(allowed.filter()));
    }
}
