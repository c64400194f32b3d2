/**
 * Films: frames come from and go to the programs of FFmpeg through pipes, with their own timestamps, and are enlarged in between. Strangers'
 * containers are read by those programs alone; what comes in here are frames of a size that was agreed on. Knows nothing of the
 * command line.
 */
@NullMarked
package dev.repsr.app.video;

import org.jspecify.annotations.NullMarked;
