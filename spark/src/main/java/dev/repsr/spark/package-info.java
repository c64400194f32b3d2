/** Enlarges many pictures as a job of Apache Spark: files of any file system that Hadoop knows, or rows of a table. */
@NullMarked
package dev.repsr.spark;

import org.jspecify.annotations.NullMarked;
