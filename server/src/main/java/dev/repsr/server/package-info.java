/** The server: the web page and the HTTP API, as one object that is started and drained. */
@NullMarked
package dev.repsr.server;

import org.jspecify.annotations.NullMarked;
