/** What every service shares: its defaults, strict JSON over HTTP, and problem+json for whatever goes wrong. */
@NullMarked
package io.orderflow.service;

import org.jspecify.annotations.NullMarked;
