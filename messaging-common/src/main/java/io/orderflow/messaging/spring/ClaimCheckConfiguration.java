package io.orderflow.messaging.spring;

import io.orderflow.messaging.claimcheck.ClaimCheck;
import io.orderflow.messaging.claimcheck.HttpPayloadSource;
import io.orderflow.messaging.claimcheck.PayloadSource;
import io.orderflow.messaging.claimcheck.PayloadStore;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/** How large payloads are sent by reference, and fetched. */
@Configuration(proxyBeanMethods = false)
class ClaimCheckConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ClaimCheckConfiguration.class);

    @Bean
    ClaimCheck claimCheck(ObjectProvider<PayloadStore> store, MessagingProperties properties) {
        Map<String, Long> thresholds = properties.byReferenceOver();
        if (thresholds.isEmpty()) {
            return ClaimCheck.NONE;
        }
        if (!StringUtils.hasText(properties.payloads().token())) {
            log.warn(
                    "Large payloads travel in their messages, and not by reference: messaging.payloads.token is not set.");
            return ClaimCheck.NONE;
        }
        PayloadStore payloads = store.getIfAvailable();
        if (payloads == null) {
            throw new InvalidSettingException(
                    "Payloads cannot travel by reference (messaging.topics.*.by-reference-over): this application has no"
                            + " PayloadStore.",
                    "Add messaging-jdbc and a DataSource of a PostgreSQL database, or a bean of type PayloadStore.");
        }
        return new ClaimCheck(payloads, thresholds);
    }

    @Bean
    @ConditionalOnMissingBean
    PayloadSource payloadSource(MessagingProperties properties) {
        return new HttpPayloadSource(
                properties.payloads().senders(), properties.payloads().token());
    }
}
