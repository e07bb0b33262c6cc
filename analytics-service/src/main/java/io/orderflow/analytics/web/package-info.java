/** Reading the results over HTTP. */
@NullMarked
package io.orderflow.analytics.web;

import org.jspecify.annotations.NullMarked;
