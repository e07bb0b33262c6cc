package io.orderflow.order.webhooks;

import io.orderflow.order.domain.WebhookSender;
import java.time.InstantSource;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sender of webhooks and its HTTP client. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookHttpProperties.class)
class WebhookHttpConfiguration {

    private static final Logger log = LoggerFactory.getLogger(WebhookHttpConfiguration.class);

    @Bean
    AllowedAddresses webhookAddresses(WebhookHttpProperties properties) {
        if (properties.allowLoopback()) {
            log.warn(
                    "Webhooks may be sent to this machine, because orders.webhooks.http.allow-loopback is true. Anybody who"
                            + " registers a webhook can reach services that listen here. Use it for development only.");
        }
        return new AllowedAddresses(properties.allowLoopback());
    }

    @Bean(destroyMethod = "close")
    CloseableHttpClient webhookHttpClient(WebhookHttpProperties properties, AllowedAddresses allowed) {
        return WebhookHttpClient.create(properties, allowed, SystemDefaultDnsResolver.INSTANCE);
    }

    @Bean
    WebhookSender webhookSender(
            CloseableHttpClient webhookHttpClient,
            AllowedAddresses allowed,
            WebhookHttpProperties properties,
            InstantSource clock) {
        return new HttpWebhookSender(webhookHttpClient, allowed, properties.timeout(), clock);
    }
}
