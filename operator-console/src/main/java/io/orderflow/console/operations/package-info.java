/** The pages about redrives, parked outbox rows and groups. */
@NullMarked
package io.orderflow.console.operations;

import org.jspecify.annotations.NullMarked;
