/** What a run leaves for eyes: event files for TensorBoard, a page with curves and pictures. Knows nothing of training. */
@NullMarked
package dev.repsr.train.report;

import org.jspecify.annotations.NullMarked;
