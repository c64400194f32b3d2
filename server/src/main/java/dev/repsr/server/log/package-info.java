/** Where the log lines of libraries go: to the system's logger, warnings alone. */
@NullMarked
package dev.repsr.server.log;

import org.jspecify.annotations.NullMarked;
