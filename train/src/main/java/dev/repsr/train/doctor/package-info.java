/** Examines data and configuration of a run before it begins. */
@NullMarked
package dev.repsr.train.doctor;

import org.jspecify.annotations.NullMarked;
