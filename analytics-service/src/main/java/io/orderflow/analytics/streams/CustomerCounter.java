package io.orderflow.analytics.streams;

import io.orderflow.analytics.domain.CustomerActivity;
import io.orderflow.analytics.domain.CustomerActivity.Change;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.domain.Rules;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the state of each customer. */
final class CustomerCounter extends ContextualFixedKeyProcessor<String, OrderStep, Change> {

    static final String STORE = "customers";

    private final Rules rules;
    private KeyValueStore<String, CustomerActivity> customers;

    CustomerCounter(Rules rules) {
        this.rules = rules;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Change> context) {
        super.init(context);
        customers = context.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, OrderStep> record) {
        CustomerActivity activity = customers.get(record.key());
        Change change =
                (activity == null ? CustomerActivity.none(record.key()) : activity).after(record.value(), rules);
        customers.put(record.key(), change.activity());
        // totals are those of now: a late order is no earlier version of them
        context().forward(record.withValue(change).withTimestamp(context().currentSystemTimeMs()));
    }
}
