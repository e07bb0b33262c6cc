package io.orderflow.messaging.testkit.engine;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.testkit.conformance.TamperedBroker;
import io.orderflow.messaging.testkit.conformance.TamperedConsumer;
import java.util.function.BooleanSupplier;

/** A broker that now and then forgets a commit: what a member has handled or parked comes again, as after its death. */
final class ForgetfulBroker extends TamperedBroker {

    private final BooleanSupplier forgets;

    ForgetfulBroker(MessageBroker real, BooleanSupplier forgets) {
        super(real);
        this.forgets = forgets;
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new TamperedConsumer(real().consumer(group, options)) {
            @Override
            public void commit() {
                if (forgets.getAsBoolean()) {
                    throw new MessagingException("The commit is lost on its way.", null);
                }
                super.commit();
            }
        };
    }
}
