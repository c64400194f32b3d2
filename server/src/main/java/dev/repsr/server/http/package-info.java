/** The HTTP side: who may come, what they send, and what they are answered. The only package that knows Jetty. */
@NullMarked
package dev.repsr.server.http;

import org.jspecify.annotations.NullMarked;
