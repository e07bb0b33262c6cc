/** The adapter for Amazon SNS and SQS, on the AWS SDK. */
@NullMarked
package io.orderflow.messaging.sqs;

import org.jspecify.annotations.NullMarked;
