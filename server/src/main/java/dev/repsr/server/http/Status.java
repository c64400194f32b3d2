package dev.repsr.server.http;

import dev.repsr.server.work.Refusal;

/** The one place that maps reasons to HTTP's numbers. */
final class Status {
    static final int OK = 200;
    static final int ACCEPTED = 202;
    static final int NO_CONTENT = 204;
    static final int NOT_MODIFIED = 304;

    /** For the log alone: the client went away. */
    static final int CLIENT_GONE = 499;

    private Status() {}

    static int of(Refusal.Reason reason) {
        return switch (reason) {
            case BAD_REQUEST, UNKNOWN_MODEL -> 400;
            case UNAUTHORIZED -> 401;
            case FOREIGN_HOST, FOREIGN_ORIGIN -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case TOO_SLOW_REQUEST -> 408;
            case NOT_READY -> 409;
            case CANCELLED -> 410;
            case TOO_LARGE -> 413;
            case NOT_A_PICTURE -> 415;
            case UNSUPPORTED, DAMAGED, TOO_SLOW, SELF_CHECK, MODEL -> 422;
            case BUSY, STOPPING -> 503;
            case DEADLINE -> 504;
            case INTERNAL -> 500;
        };
    }
}
