/** What travels between the services: past-tense records, their names on the wire, what an order's id is, and the topics. */
@NullMarked
package io.orderflow.events;

import org.jspecify.annotations.NullMarked;
