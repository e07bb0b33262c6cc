package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Deletes customers' addresses after their retention. The records of their e-mails stay, without the address. */
@Service
@EnableConfigurationProperties(ContactProperties.class)
public class ContactCleanup {

    private static final Logger log = LoggerFactory.getLogger(ContactCleanup.class);
    private static final String INTERVAL = "PT1H";

    private final Contacts contacts;
    private final ContactProperties properties;

    ContactCleanup(Contacts contacts, ContactProperties properties) {
        this.contacts = contacts;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = INTERVAL, initialDelayString = INTERVAL)
    public void deleteExpired() {
        int deleted = contacts.deleteOlderThan(properties.retention());
        if (deleted > 0) {
            log.info("Deleted {} addresses that were older than {}.", deleted, properties.retention());
        }
    }
}
