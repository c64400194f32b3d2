/** What is counted, for Prometheus. The only package that knows Micrometer. */
@NullMarked
package dev.repsr.server.metric;

import org.jspecify.annotations.NullMarked;
