/** Clients of the services: their operator API, their API and their metrics. */
@NullMarked
package io.orderflow.console.services;

import org.jspecify.annotations.NullMarked;
