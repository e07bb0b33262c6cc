package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Forgets whom to write to when an order is long over. What is known of its mails stays, without the address. */
@Service
@EnableConfigurationProperties(ContactProperties.class)
public class ForgetContacts {

    private static final Logger log = LoggerFactory.getLogger(ForgetContacts.class);
    private static final String INTERVAL = "PT1H";

    private final Contacts contacts;
    private final ContactProperties properties;

    ForgetContacts(Contacts contacts, ContactProperties properties) {
        this.contacts = contacts;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = INTERVAL, initialDelayString = INTERVAL)
    public void forgetOldOnes() {
        int forgotten = contacts.forgetAfter(properties.retention());
        if (forgotten > 0) {
            log.info("{} addresses are forgotten, they were remembered for {}.", forgotten, properties.retention());
        }
    }
}
