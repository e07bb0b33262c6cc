package io.orderflow.service.security;

/** The roles, as the claim {@code roles} of a token contains them. */
public final class Roles {

    /** The subject of the token is the id of the customer, who places, sees and cancels own orders alone. */
    public static final String CUSTOMER = "CUSTOMER";

    /** Another service, which acts for all customers. */
    public static final String SERVICE = "SERVICE";

    /** Reads what operators read, except the content of messages. */
    public static final String READER = "READER";

    /** Reads and changes everything. */
    public static final String OPERATOR = "OPERATOR";

    private Roles() {}
}
