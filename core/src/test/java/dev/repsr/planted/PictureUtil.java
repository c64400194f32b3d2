package dev.repsr.planted;

/** Has a name that says nothing. */
final class PictureUtil {
    private PictureUtil() {}
}
