/** What has to hold after a run, judged from what was seen of it from outside. No input, no output, no clock. */
@NullMarked
package io.orderflow.systemtests.chaos.checking;

import org.jspecify.annotations.NullMarked;
