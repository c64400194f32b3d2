/** Pictures to be enlarged: who may begin, with how much memory, and how those at work share the processors. Knows nothing of HTTP. */
@NullMarked
package dev.repsr.server.work;

import org.jspecify.annotations.NullMarked;
