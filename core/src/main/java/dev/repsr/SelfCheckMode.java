package dev.repsr;

/** How much is asked of enlarged pictures before they are kept. */
public enum SelfCheckMode {
    /** Nothing. */
    OFF,
    /**
     * The model must show once, on a photograph that comes with the library, that it enlarges; of each picture all values must be
     * numbers, and what differs from the input more than it did there must come out the same when it is computed once more.
     */
    ON,
    /** Also, each picture must agree with its input in levels and colours. Networks that change these on purpose are refused. */
    STRICT
}
