/** Lessons: documents whose commands are run on a stack, in a terminal or by a test. */
@NullMarked
package io.orderflow.localstack.lessons;

import org.jspecify.annotations.NullMarked;
