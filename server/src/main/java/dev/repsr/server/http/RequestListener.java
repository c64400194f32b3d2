package dev.repsr.server.http;

/** Is told of requests that have been answered. */
@FunctionalInterface
public interface RequestListener {
    /**
     * One is over.
     *
     * @param status of the answer; 499 if the client went away
     * @param reason why it was refused, or nothing
     */
    void answered(int status, String reason, long nanos);
}
