package dev.repsr;

/** What a job did with a picture. */
public enum Treatment {
    /** The network enlarged it. */
    ENLARGED,
    /** The network enlarged it, and it was then resampled to the size that was asked for. */
    RESAMPLED,
    /** It was larger than what was asked for, and was resampled without the network. */
    REDUCED,
    /** It was as large as what was asked for, so it was taken as it is. */
    COPIED;

    /** Whether the network ran. */
    public boolean byNetwork() {
        return switch (this) {
            case ENLARGED, RESAMPLED -> true;
            case REDUCED, COPIED -> false;
        };
    }

    /** Whether the size was reached by resampling. */
    public boolean resamples() {
        return switch (this) {
            case RESAMPLED, REDUCED -> true;
            case ENLARGED, COPIED -> false;
        };
    }
}
