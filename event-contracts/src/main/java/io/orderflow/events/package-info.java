/** What travels between the services: past-tense records, their names on the wire, and the topics. */
@NullMarked
package io.orderflow.events;

import org.jspecify.annotations.NullMarked;
