package io.orderflow.messaging.events;

/** The class that events of a type are read into, and what is done with them. */
public record HandledType<E>(Class<E> eventClass, EventHandler<E> handler) {}
