package dev.repsr.server.work;

import java.io.IOException;

/** One picture to be enlarged, as the workshop sees it. */
interface Work {
    /** Memory that it takes. */
    long bytes();

    /** Whether it is done within a second or so. */
    boolean isSmall();

    /** Does it on the calling thread, which has a seat and may lose it in {@link Ticket#progress}. */
    Enlarged run(Ticket ticket) throws IOException;

    /** It is over, done or not, and will not run again. */
    void end();
}
