/** What a group could not handle, from the broker into the database and back. */
@NullMarked
package io.orderflow.messaging.testkit.deadletters;

import org.jspecify.annotations.NullMarked;
