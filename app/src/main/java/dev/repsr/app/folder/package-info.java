/**
 * Runs over many pictures: what belongs to a run, where each output goes, the journal that lets a run go on where it was, and comic
 * archives. Knows nothing of the command line.
 */
@NullMarked
package dev.repsr.app.folder;

import org.jspecify.annotations.NullMarked;
