package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.audit.AuditLog;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.PeriodicTask;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/** The audit log of the operator API, which needs a database. */
@AutoConfiguration(after = JdbcMessagingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
@ConditionalOnBooleanProperty("messaging.operations.enabled")
public class AuditAutoConfiguration {

    @Bean
    AuditLog auditLog(MessagingDatabase database, JdbcMessagingProperties properties) {
        return new AuditLog(database.dataSource(), properties.audit().retention());
    }

    @Bean
    PeriodicTask auditCleanup(AuditLog audit, Instruments instruments) {
        return instruments.every(Duration.ofHours(1), "audit-cleanup", audit::deleteOld);
    }
}
