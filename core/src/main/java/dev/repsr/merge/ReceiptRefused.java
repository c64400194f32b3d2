package dev.repsr.merge;

import java.io.IOException;

/** A merged network that is not the function it was merged from; nothing has been written. */
public final class ReceiptRefused extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what differs and by how much. */
    public ReceiptRefused(String message) {
        super(message);
    }
}
