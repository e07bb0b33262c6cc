package io.orderflow.localstack;

/** A network connection of the services, which a proxy can break. */
public enum Link {
    DATABASE,
    BROKER,
    MAIL
}
