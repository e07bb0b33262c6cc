package io.orderflow.email;

import io.orderflow.messaging.testkit.service.UseCasesOnPostgres;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The use cases on a real database of their own, with a postman who can be told what to do. */
@ComponentScan({"io.orderflow.email.usecases", "io.orderflow.email.persistence"})
public class OnPostgres extends UseCasesOnPostgres {

    @Bean
    TestTransport transport() {
        return new TestTransport();
    }
}
