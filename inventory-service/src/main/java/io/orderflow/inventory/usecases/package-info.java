/** Reserve, release and ship; each one transaction. */
@NullMarked
package io.orderflow.inventory.usecases;

import org.jspecify.annotations.NullMarked;
