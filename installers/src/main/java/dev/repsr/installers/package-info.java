/** Makes what is installed without a JDK: an image with a JVM of its own, a Debian package, man pages. */
@NullMarked
package dev.repsr.installers;

import org.jspecify.annotations.NullMarked;
