/** The part of the management port that is for operators: who may, and what they do about dead letters. */
@NullMarked
package io.orderflow.service.operations;

import org.jspecify.annotations.NullMarked;
