package io.orderflow.order;

import io.orderflow.messaging.testkit.service.SecuredTest;
import io.orderflow.messaging.testkit.service.TestTokens;

/** The service with the profile {@code secured}. */
@SecuredTest
public abstract class SecuredOrderService extends RunningOrderService {

    protected Api as(String role, String subject) {
        return new Api(port(), TestTokens.of(role, subject));
    }
}
