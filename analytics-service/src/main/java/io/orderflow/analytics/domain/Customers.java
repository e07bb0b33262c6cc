package io.orderflow.analytics.domain;

import java.util.Optional;

/** What customers have ordered. */
public interface Customers {

    /** The customer's state, locked until the current transaction ends; {@link CustomerActivity#none} if there is none. */
    CustomerActivity lock(String customerId);

    /** Replaces the state of a locked customer. */
    void save(CustomerActivity activity);

    /** Records totals that were counted elsewhere, unless later ones are recorded already. */
    void record(CustomerTotals totals);

    Optional<CustomerTotals> find(String customerId);
}
